"""Settings that name a place, as an environment that holds in every folder.

Processes that load the orchestrator's library stand in the program's own folder: it reads `.env`
and `prefect.toml` of the folder that it finds itself in, and in an inbox others put files.
"""

from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.setting_values import absolute_location
from storage.settings import PREFIX, Settings

_FILES: Final = ("home", "policies", "master_key_file", "oidc_client_secret_file")
_LOCATIONS: Final = ("inbox", "dataset", "outcome_folder", "roots_to")
_DATABASES: Final = ("database_url", "key_database_url")


def absolute_environment(settings: Settings) -> dict[str, str]:
    """The variables of all settings that name a place and are in force, made absolute."""
    found = {name: str(value) for name in _FILES if (value := getattr(settings, name))}
    for name in _LOCATIONS:
        if value := getattr(settings, name):
            found[name] = absolute_location(value)
    for name in _DATABASES:
        if value := getattr(settings, name):
            found[name] = _absolute_url(value.get_secret_value())
    return {f"{PREFIX}{name.upper()}": value for name, value in found.items()}


def _absolute_url(text: str) -> str:
    """A SQLite file's whole path; every other URL as it is, one that is none included."""
    try:
        url = make_url(text)
    except ArgumentError:
        return text
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return text
    whole = url.set(database=str(Path(url.database or "").absolute()))
    return whole.render_as_string(hide_password=False)
