"""A connection to PostgreSQL that waits for an answer as long as it was told, and no longer.

The server's own limits end a statement that takes too long. They end nothing where the server
itself stands still, or the network lost it: without this nobody would ever be told.
"""

import time
from typing import Any, Final, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen

ANSWER_SECONDS: Final = 75.0
"""A quarter more than the server gives a statement."""
CONNECT_SECONDS: Final = 10
_Result = TypeVar("_Result")


class AnsweringConnection(Connection[Any]):
    """One that closes itself where no answer comes.

    Attributes:
        answer_within: Seconds for each answer; None: as long as it takes.
    """

    answer_within: float | None = ANSWER_SECONDS

    def wait(
        self, gen: PQGen[_Result], interval: float = 0.1, timeout: float | None = None
    ) -> _Result:
        """Wait for one answer.

        Raises:
            OperationalError: None came in time; the connection is closed.
        """
        began = time.monotonic()
        limit = self.answer_within if timeout is None else timeout
        try:
            return super().wait(gen, interval, limit)
        except OperationalError:
            if timeout is None and limit is not None and time.monotonic() - began >= limit:
                self.pgconn.finish()  # whatever comes later is the answer to nothing
            raise


def connect(_dialect: Any, _entry: Any, arguments: Any, options: Any) -> AnsweringConnection:  # noqa: ANN401
    """Connect as SQLAlchemy would, within ten seconds unless the URL says otherwise."""
    options.setdefault("connect_timeout", CONNECT_SECONDS)
    return AnsweringConnection.connect(*arguments, **options)


def limit_again(connection: Any, _entry: Any) -> None:  # noqa: ANN401
    """Let a connection that goes back into the pool wait no longer than others."""
    if connection is not None:  # none: it was closed meanwhile
        connection.answer_within = ANSWER_SECONDS
