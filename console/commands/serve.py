"""`kinbind serve`: the review console on one address."""

from typing import Annotated

import typer


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8330,
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
    """审核台。The review console over KINBIND_HOME; the first start prints a password, once."""
    from console.web.serving import serve_console
    from storage.open import office
    from storage.settings import load_settings

    if bool(certificate) != bool(key):
        raise typer.BadParameter("--certificate and --key belong together")
    with office(load_settings()) as opened:
        first = opened.staff.first()
        if first is not None:
            typer.echo(
                f"首位管理员 admin 的一次性密码（只显示这一次） one-time password of admin, shown"
                f" this once: {first}"
            )
        serve_console(
            opened,
            host=host,
            port=port,
            names=tuple(name or ()),
            tls=(certificate, key) if certificate and key else None,
            settle_every=settle_every,
            tell=typer.echo,
        )
