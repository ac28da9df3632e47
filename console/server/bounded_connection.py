"""Connections to the console that cannot hold it up.

Each has a deadline for its header, a least speed for its body, and one for taking its answer. When
as many are open as there may be, the one that has waited longest without asking anything makes
room: who asks at once gets in, however many sockets somebody leaves half open.
"""

import asyncio
import functools
import resource
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEADER_SECONDS: Final = 10.0
"""For a whole header, from the connection's or the last answer's end. Browsers send it at once;
Apache's mod_reqtimeout gives 20 to 40 seconds by default, for modems."""
BODY_SECONDS: Final = 20.0
"""In each such span a body is whole, or comes at the least speed."""
BODY_BYTES_PER_SECOND: Final = 4096
"""A hundredth of a household's uplink (10 Mbit/s) is three times as fast."""
ANSWER_SECONDS: Final = 60.0
"""How long a client may leave what it was sent unread."""
_HEARD_SECONDS: Final = 0.05
ACCEPTED_AT_ONCE: Final = 128
"""The server's backlog: with it, no more than the spare descriptors are taken in one go."""
MOST: Final = 1000
"""Connections at once; each costs some 10 kB."""
_OWN_DESCRIPTORS: Final = 256
"""For the database, files, and the threads at work."""


@functools.cache
def most_connections() -> int:
    """How many may be open: what the process's limit of descriptors leaves, at most `MOST`."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(16, min(MOST, soft - _OWN_DESCRIPTORS))


class BoundedConnection(H11Protocol):
    """One connection of a client, as uvicorn serves it, with an end to all waiting.

    Attributes:
        most: Connections at once; None: `most_connections`.
    """

    most: int | None = None
    header_seconds: float = HEADER_SECONDS
    body_seconds: float = BODY_SECONDS
    answer_seconds: float = ANSWER_SECONDS

    _deadline: asyncio.TimerHandle | None = None
    _receives_body: bool = False
    _body_bytes: int = 0
    _waits_since: float = 0.0

    def connection_made(  # type: ignore[override]
        self, transport: asyncio.Transport
    ) -> None:
        """Let a client in; where the house is full, who has waited longest goes, or else it does.

        Args:
            transport: The connection.
        """
        super().connection_made(transport)
        self._waits_since = self.loop.time()
        self._give(self.header_seconds)
        if len(self.connections) > (self.most or most_connections()):
            # Not at once: of many that came together, those who ask have not been heard yet.
            self.loop.call_later(_HEARD_SECONDS, self._make_room)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._give(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent, and watch how fast it comes."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # a whole header came
            self._receives_body, self._body_bytes = True, 0
            self._give(self.body_seconds)
        elif self._receives_body:
            self._body_bytes += len(data)
        elif self._asks_nothing and self._deadline is None:  # the first bytes of the next header
            self._give(self.header_seconds)
        if self._receives_body and not self.cycle.more_body:
            self._receives_body = False
            self._give(None)

    def on_response_complete(self) -> None:
        """Wait for the next request, for which uvicorn has a limit of its own."""
        self._receives_body, self._waits_since = False, self.loop.time()
        if not self.flow.write_paused:  # else the client has yet to take the answer
            self._give(None)
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait for a client that reads slower than it is sent."""
        super().pause_writing()
        self._give(self.answer_seconds)

    def resume_writing(self) -> None:
        """Go on: it reads again."""
        super().resume_writing()
        self._give(None)

    @property
    def _asks_nothing(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _make_room(self) -> None:
        if len(self.connections) <= (self.most or most_connections()):
            return
        idle = [
            one
            for one in self.connections
            if isinstance(one, BoundedConnection) and one._asks_nothing
        ]
        longest = min(idle, key=lambda one: one._waits_since, default=self)
        self.connections.discard(longest)  # its end is told later, and counts from now on
        longest.transport.abort()

    def _give(self, seconds: float | None) -> None:
        """Set the deadline of what is waited for; None: nothing is."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self._end)

    def _end(self) -> None:
        """End the connection, unless it is a body that came fast enough, or that we let wait."""
        fast = self._body_bytes >= self.body_seconds * BODY_BYTES_PER_SECOND
        if self._receives_body and (fast or self.flow.read_paused):
            self._body_bytes = 0
            self._give(self.body_seconds)
        else:
            self.transport.abort()
