"""A policy file as it was written: what it says, on which line, and what of it holds when."""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.intake.application import Product
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
BY_PRODUCT: Final = "by_product"
"""The key of a file under which groups, or parts of them, hold for one product only."""
_Path = tuple[str, ...]


@dataclass(frozen=True)
class PolicyFile:
    """One file as it was written, before anything is inherited.

    Attributes:
        path: Where it lies.
        body: What it says; after `at`, what of it holds for one day and product.
        written: Each key of the file as written to its line, counted from 1.
        content: Its bytes.
        layers: After `at`: the paths of the terms that make up each group, weightier ones last.
    """

    path: Path
    body: dict[str, Any]
    written: Lines
    content: bytes
    layers: tuple[tuple[str, _Path], ...] | None = None

    @functools.cached_property
    def lines(self) -> Lines:
        """Each key of the body to its line; only refusals and explanations ask for it."""
        if self.layers is None:
            return self.written
        lines = {where: line for where, line in self.written.items() if where[:1] != (BY_PRODUCT,)}
        for name, path in self.layers:
            lines |= {
                (name, *where[len(path) :]): line
                for where, line in self.written.items()
                if where[: len(path)] == path
            }
        return lines

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
        return in_term(self.body, on)

    def at(self, on: dt.date, product: Product | None) -> "PolicyFile":
        """What the file says for one day and product, each group once; lines stay those written.

        Of a group that is written in several terms, those in force count, the later ones over
        the earlier ones, key by key; what is said for the product alone counts over both. Outside
        its term a product's own group says nothing; a general one stays, and is refused later.
        """
        plain = {k: v for k, v in self.body.items() if k != BY_PRODUCT}
        layers = _layers(self, on, product)
        for name, said in layers.items():
            body: dict[str, Any] = {}
            for _, over in said:
                body = merged(body, over)
            plain[name] = body
        paths = tuple((name, path) for name, said in layers.items() for path, _ in said)
        return PolicyFile(self.path, plain, self.written, self.content, paths)

    def groups(self) -> list[tuple[_Path, dict[str, Any]]]:
        """Every group that the file writes, each term and each product's own, with its path."""
        products = self.body.get(BY_PRODUCT) or {}
        own = [((BY_PRODUCT, p, n), g) for p, said in products.items() for n, g in said.items()]
        general = [((name,), self.body[name]) for name in self.body if name in GROUPS]
        return [term for path, group in (*general, *own) for term in _terms(path, group)]


def in_term(said: dict[str, Any], on: dt.date) -> bool:
    """Whether something with a first and a last day counts on a day."""
    until = said.get("effective_until")
    return bool(said["effective_from"] <= on and (until is None or on <= until))


def _layers(
    file: PolicyFile, on: dt.date, product: Product | None
) -> dict[str, list[tuple[_Path, dict[str, Any]]]]:
    """Each group's terms that count, the weightier ones last."""
    layers: dict[str, list[tuple[_Path, dict[str, Any]]]] = {}
    for path, said in file.groups():
        single = isinstance(file.body.get(path[0]), dict)
        of_all, counts = path[0] != BY_PRODUCT, in_term(said, on)
        if (of_all and (single or counts)) or (not of_all and path[1] == product and counts):
            layers.setdefault(path[0] if of_all else path[2], []).append((path, said))
    for name in sorted(
        file.body.keys() & GROUPS
    ):  # nothing of it counts: its last term is refused later
        layers.setdefault(name, [_terms((name,), file.body[name])[-1]])
    return layers


def _terms(path: _Path, group: Any) -> list[tuple[_Path, dict[str, Any]]]:  # noqa: ANN401
    """A group's terms in the order of their first days; a group without several is one."""
    if not isinstance(group, list):
        return [(path, group)]
    terms = [((*path, str(i)), term) for i, term in enumerate(group)]
    return sorted(terms, key=lambda term: term[1]["effective_from"])


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Mappings merge key by key; everything else is replaced."""
    both_said = dict(base)
    for key, value in over.items():
        old = both_said.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        both_said[key] = merged(old, value) if both else value  # type: ignore[arg-type]
    return both_said
