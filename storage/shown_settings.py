"""The settings in force as `kinbind doctor` shows them, secrets masked; and unknown variables."""

import os
from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.settings import PREFIX, Settings

_MASK: Final = "********"


class SettingLine(NamedTuple):
    """One setting as it is shown: the environment variable, its value with secrets masked, why."""

    variable: str
    value: str
    help: str


def describe_settings(settings: Settings) -> list[SettingLine]:
    """List every setting in force, secrets masked, in the order of their definition."""
    return [
        SettingLine(PREFIX + name.upper(), _shown(settings, name), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def unknown_variables(environ: Mapping[str, str] | None = None) -> list[str]:
    """Variables that look like settings and are none: most often a slip of the keyboard."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = os.environ if environ is None else environ
    return sorted(name for name in given if name.startswith(PREFIX) and name not in known)


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if name == "database_url" or (name == "master_key_file" and value is None):
        return _without_password(settings) if name == "database_url" else str(settings.key_file)
    if isinstance(value, SecretStr):
        return _MASK
    if name == "object_store" and value is None:
        return str(settings.objects)
    if name == "inbox":
        return settings.inbox_location
    if name == "dataset":
        return settings.dataset_location
    return "" if value is None else str(value)


def _without_password(settings: Settings) -> str:
    try:
        return make_url(settings.database).render_as_string(hide_password=True)
    except ArgumentError:
        return _MASK
