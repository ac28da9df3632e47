"""Where the keys of a home lie: outside it, so that a copy of the home opens nothing."""

import hashlib
import os
from pathlib import Path
from typing import Final

INSTALLATION: Final = "installation"
"""The file of a home that holds what names its keys."""
MASTER_KEY_FILE: Final = "master.key"
_INSTALLATION_DIGITS: Final = 16


def key_folder(home: Path) -> Path:
    """Where keys lie: outside the home, unless it is an older one that holds them."""
    inside, outside = home / "keys", outer_key_folder(home)
    if (inside / MASTER_KEY_FILE).exists() or not _can_be_made(outside):
        return inside
    return outside


def outer_key_folder(home: Path) -> Path:
    """Where the keys of a home lie unless it holds them itself."""
    return _configuration_folder() / "kinbind" / installation_id(home)


def installation_id(home: Path) -> str:
    """What names a home's keys outside it; written into the home, so that it may be moved."""
    try:
        return (home / INSTALLATION).read_text("ascii").strip()
    except OSError:
        return hashlib.sha256(str(home).encode()).hexdigest()[:_INSTALLATION_DIGITS]


def _configuration_folder() -> Path:
    """The user's (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named or f"{os.environ.get('HOME') or '/nonexistent'}/.config").absolute()


def _can_be_made(folder: Path) -> bool:
    """Whether a folder is there for us to write to, or can be made."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
