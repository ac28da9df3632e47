"""`kinbind serve`: the whole system on one machine, or the review console alone."""

import contextlib
import signal
import sys
from typing import Annotated

import typer

from console.commands.output import say

_Port = Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")]


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address the console listens on.")] = "127.0.0.1",
    port: _Port = 8330,
    orchestrator_port: _Port = 8331,
    worker_port: _Port = 8332,
    console_only: Annotated[
        bool, typer.Option("--console-only", help="No orchestrator and no worker.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name by which browsers call it, e.g. behind a proxy."),
    ] = None,
    certificate: Annotated[
        str | None, typer.Option(help="PEM file; with --key, speaks HTTPS.", show_default=False)
    ] = None,
    key: Annotated[str | None, typer.Option(help="PEM file.", show_default=False)] = None,
    settle_every: Annotated[
        int,
        typer.Option(
            min=0,
            help="Seconds between putting decisions into effect; 0: leave it to the schedule.",
        ),
    ] = 15,
) -> None:
    """整套系统。Orchestrator, worker and review console over KINBIND_HOME, until told to stop.

    The first start prints a password, once. Orchestrator and worker listen on the loopback address.
    """
    tls = _tls(certificate, key)
    _end_on_signals()

    from console.server.local_stack import local_stack, reserve_stack
    from console.server.sockets import address_of, listen
    from storage.operator_log import start_log
    from storage.settings import load_settings

    settings = load_settings()
    start_log(settings.home)
    with contextlib.ExitStack() as stack:
        reserved = (
            None
            if console_only
            else stack.enter_context(
                reserve_stack(
                    settings.home, orchestrator_port=orchestrator_port, worker_port=worker_port
                )
            )
        )
        listener = stack.enter_context(listen("review console", host, port))
        address = address_of(listener, "https" if tls else "http")
        # Loaded late: who starts a second instance, or on a taken port, is told at once.
        from console.server.serve_console import console_server, serve_console
        from storage.bootstrap import using_repositories
        from storage.objects.open_store import refuse_overwriting
        from tasks.staff.staff_accounts import add_first

        repositories = stack.enter_context(using_repositories(settings))
        refuse_overwriting(repositories.archive.store, settings)
        server = console_server(repositories, hosts=(host, *(name or ())), tls=tls)
        _say_first_password(add_first(repositories))
        say(f"审核台 review console:    {address}")
        if reserved:
            stack.enter_context(local_stack(settings, reserved, address, server, say))
        serve_console(repositories, server, listener, settle_every=settle_every)


def _tls(certificate: str | None, key: str | None) -> tuple[str, str] | None:
    if bool(certificate) != bool(key):
        raise typer.BadParameter(
            "须同时给出 --certificate 和 --key。Give both --certificate and --key, or neither."
        )
    return (certificate, key) if certificate and key else None


def _end_on_signals() -> None:
    for ending in (signal.SIGTERM, signal.SIGINT):
        # The server hands a signal on when it has ended: what runs around it must end as well.
        signal.signal(ending, lambda *_: sys.exit(0))


def _say_first_password(password: str | None) -> None:
    if password is not None:
        say(
            f"首位管理员 admin 的一次性密码（只显示这一次） one-time password of admin, shown"
            f" this once: {password}"
        )
