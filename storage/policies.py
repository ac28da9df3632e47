"""The rule book on its shelf: reads the policy files and hands out the rules of one case."""

import datetime as dt
import difflib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml
from pydantic import BaseModel, ValidationError

from models.application import Product
from models.errors import SettingError
from models.measures import RuleGroup
from models.policy import NATIONAL, Policy, Rules

Lines = dict[tuple[str, ...], int]
_GROUPS: Final = frozenset(Rules.model_fields) - {
    "name",
    "region",
    "effective_from",
    "effective_until",
    "extends",
    "products",
}


@dataclass(frozen=True, slots=True)
class _PolicyFile:
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
        until = self.body.get("effective_until")
        return bool(self.body["effective_from"] <= on and (until is None or on <= until))


@dataclass(frozen=True)
class PolicyShelf:
    """All policy files, checked; immutable but for its memory of cases already answered."""

    _files: tuple[_PolicyFile, ...]
    _answered: dict[tuple[str, dt.date, Product | None], Policy] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "PolicyShelf":
        """Read and check every `*.yaml` in a folder.

        Raises:
            SettingError: A file is missing, unreadable or says something that no rule knows;
                the text names file, line and, for a mistyped key, the nearest known one.
        """
        shelf = cls(tuple(_read(path) for path in sorted(folder.glob("*.yaml"))))
        if not any(f.body["region"] == NATIONAL for f in shelf._files):
            msg = f"{folder} holds no national policy (region: '{NATIONAL}')"
            raise SettingError(msg)
        for file in shelf._files:
            shelf._resolve(file, file.body["effective_from"])
        return shelf

    def for_case(self, region: str, on: dt.date, product: Product | None) -> Policy:
        """The rules for one application.

        Args:
            region: GB/T 2260 code of the place that decides; its first two digits count.
            on: The day by which the case is judged.
            product: What is asked for, where the application says so.

        Raises:
            SettingError: No policy is in force on that day.
        """
        key = (region[:2], on, product)
        if key not in self._answered:
            self._answered[key] = self._for(*key)
        return self._answered[key]

    def _for(self, province: str, on: dt.date, product: Product | None) -> Policy:
        file = self._in_force(province, on) or self._in_force(NATIONAL, on)
        if file is None:
            msg = f"no policy is in force for province {province} on {on}; add one to the folder"
            raise SettingError(msg)
        rules, chain = self._resolve(file, on)
        offer = rules.products.get(product) if product else None
        offer = offer if offer and offer.in_force(on) else None
        digest = hashlib.sha256(b"\0".join(f.content for f in chain)).hexdigest()[:12]
        return Policy(
            **{name: getattr(rules, name) for name in Rules.model_fields},
            version=f"{file.path.name}@{rules.effective_from}#{digest}",
            offer=offer,
            eligible=offer.relationships(on) if offer else frozenset(),
        )

    def _in_force(self, region: str, on: dt.date) -> _PolicyFile | None:
        candidates = [f for f in self._files if f.body["region"] == region and f.in_force(on)]
        return max(candidates, key=lambda f: f.body["effective_from"], default=None)

    def _resolve(self, file: _PolicyFile, on: dt.date) -> tuple[Rules, tuple[_PolicyFile, ...]]:
        """The whole rules of a file with what it inherits, checked for that day."""
        chain = self._chain(file, on)
        body: dict[str, Any] = {}
        for link in reversed(chain):
            body = _merged(body, link.body)
        try:
            rules = Rules.model_validate(body)
        except ValidationError as error:
            _refuse(error, chain)
        for name in sorted(_GROUPS):
            group: RuleGroup = getattr(rules, name)
            if not group.in_force(on):
                msg = f"{_place(chain, (name,))}: {name} is not in force on {on}"
                raise SettingError(msg)
        return rules, chain

    def _chain(self, file: _PolicyFile, on: dt.date) -> tuple[_PolicyFile, ...]:
        chain = [file]
        while (base := chain[-1].body.get("extends")) is not None:
            found = [f for f in self._files if f.body["name"] == base and f.in_force(on)]
            newest = max(found, key=lambda f: f.body["effective_from"], default=None)
            if newest is None or newest in chain:
                why = "extends itself" if newest else f"extends {base}, not in force on {on}"
                msg = f"{_place(chain, ('extends',))}: {why}"
                raise SettingError(msg)
            chain.append(newest)
        return tuple(chain)


def _read(path: Path) -> _PolicyFile:
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
    file = _PolicyFile(path, body if isinstance(body, dict) else {}, lines, content)
    _check_header(file)
    return file


def _check_header(file: _PolicyFile) -> None:
    for key, kind in (("name", str), ("region", str), ("effective_from", dt.date)):
        if not isinstance(file.body.get(key), kind):
            msg = f"{file.path.name}:{file.line((key,))}: {key} is missing or not a {kind.__name__}"
            raise SettingError(msg)
    for name in _GROUPS & file.body.keys():
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


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Mappings merge key by key; everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merged(old, value) if both else value  # type: ignore[arg-type]
    return merged


def _refuse(error: ValidationError, chain: tuple[_PolicyFile, ...]) -> NoReturn:
    told = []
    for fault in error.errors(include_url=False, include_input=False):
        where = tuple(str(part) for part in fault["loc"])
        text = f"{_place(chain, where)}: {'.'.join(where)}: {fault['msg']}"
        if fault["type"] == "extra_forbidden" and (near := _near_miss(where[-1])):
            text += f"; did you mean {near}?"
        told.append(text)
    raise SettingError("; ".join(told)) from None


def _place(chain: Sequence[_PolicyFile], where: tuple[str, ...]) -> str:
    """File and line of a key: the nearest file to the case that writes it."""
    writes = [f for f in chain if where in f.lines] or [f for f in chain if f.line(where)]
    file = writes[0] if writes else chain[0]
    return f"{file.path.name}:{file.line(where) or 1}"


def _near_miss(key: str) -> str | None:
    return next(iter(difflib.get_close_matches(key, sorted(_known_keys(Rules)), n=1)), None)


def _known_keys(model: type[BaseModel]) -> set[str]:
    known = set(model.model_fields)
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            known |= _known_keys(inner)
    return known


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]
