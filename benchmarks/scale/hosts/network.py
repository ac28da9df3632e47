"""Hosts of one machine: network namespaces on a bridge, and relays to what listens elsewhere.

Needs root. A host whose link is down neither hears nor is heard, as when its cable is pulled.
"""

import contextlib
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Final

ADDRESS: Final = "10.77.0.1"
_BRIDGE: Final = "kinbind0"


def _ip(*words: str) -> None:
    subprocess.run([shutil.which("ip") or "ip", *words], check=True, capture_output=True)  # noqa: S603


@contextlib.contextmanager
def bridge() -> Iterator[None]:
    """The switch that the hosts hang on; this machine is `ADDRESS` there."""
    _ip("link", "add", _BRIDGE, "type", "bridge")
    try:
        _ip("addr", "add", f"{ADDRESS}/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")
        yield
    finally:
        _ip("link", "del", _BRIDGE)


@contextlib.contextmanager
def host(number: int) -> Iterator[str]:
    """A host with an address of its own; gives its name."""
    name = f"kinbind-host{number}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", f"kb{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("link", "set", f"kb{number}", "master", _BRIDGE, "up")
        _ip("-n", name, "addr", "add", f"10.77.0.{number + 10}/24", "dev", "eth0")
        _ip("-n", name, "link", "set", "eth0", "up")
        _ip("-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        _ip("netns", "del", name)


def cut_off(number: int) -> None:
    """Pull a host's cable."""
    _ip("link", "set", f"kb{number}", "down")


def relay(port: int, connect: Callable[[], socket.socket]) -> None:
    """Pass on whatever comes to a port of `ADDRESS`, until this process ends.

    A peer that is silently gone is noticed after 25 s, as a database server is told to (it is told
    to after 90 s in an office).
    """
    listener = socket.create_server((ADDRESS, port), backlog=200)
    threading.Thread(target=_accept, args=(listener, connect), daemon=True).start()


def _accept(listener: socket.socket, connect: Callable[[], socket.socket]) -> None:
    while True:
        peer, _ = listener.accept()
        for option, value in (
            (socket.SO_KEEPALIVE, None),
            (socket.TCP_KEEPIDLE, 10),
            (socket.TCP_KEEPINTVL, 5),
            (socket.TCP_KEEPCNT, 3),
            (socket.TCP_USER_TIMEOUT, 25_000),
        ):
            level = socket.SOL_SOCKET if value is None else socket.IPPROTO_TCP
            peer.setsockopt(level, option, 1 if value is None else value)
        try:
            server = connect()
        except OSError:
            peer.close()
            continue
        for one, other in ((peer, server), (server, peer)):
            threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := one.recv(65536):
            other.sendall(content)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
