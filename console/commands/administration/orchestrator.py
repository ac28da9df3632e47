"""`kinbind orchestrator`: the orchestrator alone, for the run history or for many machines."""

import os
import sys
from typing import Annotated

import typer

from console.commands.output import say


def orchestrator(
    *,
    host: Annotated[str, typer.Option(help="Address it listens on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 4200,
) -> None:
    """编排服务。The orchestrator alone, asking for its password; until told to stop.

    Other machines name it as PREFECT_API_URL and its password as PREFECT_API_AUTH_STRING. Its
    database is the home's, or the one that PREFECT_API_DATABASE_CONNECTION_URL names.
    """
    from console.server.orchestrator.find_orchestrator import quiet_environment
    from console.server.orchestrator.password import password_environment, password_file
    from storage.private_files import close_home
    from storage.settings import load_settings

    settings = load_settings()
    close_home(settings.home)
    folder = settings.home / "orchestrator"
    environment = os.environ | quiet_environment(settings) | password_environment(folder)
    environment.setdefault("PREFECT_UI_STATIC_DIRECTORY", str(folder / "pages"))
    environment.setdefault("PREFECT_UI_API_URL", "/api")
    environment.setdefault("PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT", "false")
    say(f"编排 orchestrator:        http://{host}:{port}")
    say(f"编排口令 its password:    {password_file(folder)}")
    sys.stdout.flush()
    os.chdir(
        folder
    )  # its library reads settings of the folder it stands in, which may be anybody's
    words = ("server", "start", "--host", host, "--port", str(port))
    os.execve(sys.executable, [sys.executable, "-m", "prefect", *words], environment)  # noqa: S606
