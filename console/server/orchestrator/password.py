"""The password of our own orchestrator, and what of an orchestrator that asks for none.

Whoever may start a run may start any program as the office, with its keys. So the orchestrator
asks for a password (HTTP basic, `user:password`), which is made at the first start and lies in the
home, where only the office's own account can read it. Programs of ours find it there; people give
it to the orchestrator's pages.
"""

import os
import secrets
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from models.errors import MissingPartError
from storage.private_files import create_private

CLIENT: Final = "PREFECT_API_AUTH_STRING"
"""With what clients of the orchestrator's library sign their requests."""
SERVER: Final = "PREFECT_SERVER_API_AUTH_STRING"
"""What its server asks for."""
_USER: Final = "office"
_FILE: Final = "password"
_OK: Final = 200
_SECONDS: Final = 10


def password_file(folder: Path) -> Path:
    """Where the password of our own orchestrator lies.

    Args:
        folder: The orchestrator's folder in the home.
    """
    return folder / _FILE


def password_environment(folder: Path) -> dict[str, str]:
    """The variables with which our own orchestrator asks for its password and clients give it.

    What the operator set stands; otherwise the password of the folder, made where there is none.
    """
    given = os.environ.get(SERVER) or os.environ.get(CLIENT) or _password(folder)
    return {SERVER: given, CLIENT: given}


def refuse_open(address: str) -> None:
    """Refuse to work for an orchestrator that anybody may command.

    Args:
        address: Its API, as `PREFECT_API_URL` names it; one that does not answer passes.

    Raises:
        MissingPartError: It answers to who gives no password; says what to do.
    """
    asked = urllib.request.Request(  # noqa: S310  (our own setting)
        f"{address.rstrip('/')}/flows/filter",
        data=b"{}",
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            is_open = answer.status == _OK
    except (OSError, urllib.error.URLError, ValueError):
        return
    if is_open:
        msg = (
            f"编排服务 {address} 不要求口令：任何能连上它的人都能以本系统的身份运行程序。请用"
            f" kinbind orchestrator 启动它，或为它设置 {SERVER}，并在本机设置 {CLIENT}。"
            f" The orchestrator at {address} asks for no password: whoever reaches it runs programs"
            f" as this office. Start it with kinbind orchestrator, or set {SERVER} for it and"
            f" {CLIENT} here."
        )
        raise MissingPartError(msg)


def _password(folder: Path) -> str:
    """The kept password; of several processes that make one at once, the first one's stays."""
    path = password_file(folder)
    if not path.exists():
        create_private(path, f"{_USER}:{secrets.token_urlsafe(24)}".encode())
    return path.read_text("ascii").strip()
