"""Policy files as they were written: what they say, and on which line."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from models.errors import SettingError
from models.policy.policy import Rules

Lines = dict[tuple[str, ...], int]
GROUPS: Final = frozenset(Rules.model_fields) - {
    "name",
    "region",
    "effective_from",
    "effective_until",
    "extends",
    "products",
}
"""The groups of rules of a policy file: each names its source and its term."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One file as it was written, before anything is inherited."""

    path: Path
    body: dict[str, Any]
    lines: Lines
    content: bytes

    def line(self, where: Iterable[str]) -> int:
        """The line of a key, or of the nearest key above it; 0 where the file has neither."""
        keys = tuple(where)
        while keys:
            if keys in self.lines:
                return self.lines[keys]
            keys = keys[:-1]
        return 0

    def in_force(self, on: dt.date) -> bool:
        """Whether the file counts on this day."""
        until = self.body.get("effective_until")
        return bool(self.body["effective_from"] <= on and (until is None or on <= until))


def read_policy_file(path: Path) -> PolicyFile:
    """Read one file; what it says is checked later, together with what it inherits.

    Raises:
        SettingError: It is missing, no YAML, writes a key twice or lacks its head; the text names
            file and line.
    """
    if not path.is_file():
        msg = f"there is no policy file {path}"
        raise SettingError(msg)
    content = path.read_bytes()
    lines: Lines = {}
    loader = yaml.SafeLoader(content.decode())
    try:
        node = loader.get_single_node()
        body = _plain(node, (), lines, loader, path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        msg = f"{path.name}:{mark.line + 1 if mark else 0}: not YAML"
        raise SettingError(msg) from error
    finally:
        loader.dispose()
    file = PolicyFile(path, body if isinstance(body, dict) else {}, lines, content)
    _check_header(file)
    return file


def _check_header(file: PolicyFile) -> None:
    for key, kind in (("name", str), ("region", str), ("effective_from", dt.date)):
        if not isinstance(file.body.get(key), kind):
            msg = f"{file.path.name}:{file.line((key,))}: {key} is missing or not a {kind.__name__}"
            raise SettingError(msg)
    for name in GROUPS & file.body.keys():
        group = file.body[name]
        if not isinstance(group, dict) or "source" not in group:
            msg = f"{file.path.name}:{file.line((name,))}: {name} names no source"
            raise SettingError(msg)


def _plain(
    node: yaml.Node | None,
    where: tuple[str, ...],
    lines: Lines,
    loader: yaml.SafeLoader,
    path: Path,
) -> Any:  # noqa: ANN401 - YAML holds anything
    """Plain values of a node; remembers each key's line and refuses a key written twice."""
    if node is None:
        return {}
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(v, (*where, str(i)), lines, loader, path) for i, v in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    plain: dict[str, Any] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        if key in plain:
            msg = f"{path.name}:{key_node.start_mark.line + 1}: {key} is written twice"
            raise SettingError(msg)
        plain[key] = _plain(value, (*where, key), lines, loader, path)
        lines[(*where, key)] = key_node.start_mark.line + 1
    return plain


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Mappings merge key by key; everything else is replaced."""
    both_said = dict(base)
    for key, value in over.items():
        old = both_said.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        both_said[key] = merged(old, value) if both else value  # type: ignore[arg-type]
    return both_said
