"""Objects that belong to nothing in the database."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.bootstrap import Repositories

_BY_ROUND: Final = (
    "arrivals",
    "readings",
    "stated",
    "faces",
    "checks",
    "decisions",
    "portraits",
    "withdrawals",
)
"""Folders of objects that carry a round's identifier."""
_BINDINGS: Final = "bindings"


def unknown_objects(repositories: Repositories, prefixes: Sequence[str]) -> Iterator[Discrepancy]:
    """Objects of no round, and bindings of no register.

    Args:
        repositories: Where everything is kept.
        prefixes: How the identifiers begin that are looked at; `[""]` for all.
    """
    known_rounds: dict[str, bool] = {}
    for folder in _BY_ROUND:
        for key in _keys(repositories, folder, prefixes):
            round_id = key.split("/")[1]
            if round_id not in known_rounds:
                known_rounds[round_id] = repositories.cases.knows(round_id)
            if not known_rounds[round_id]:
                yield Discrepancy(fault=DiscrepancyKind.OBJECT_UNKNOWN, subject=key)
    for key in _keys(repositories, _BINDINGS, prefixes):
        binding_id = key.split("/")[1].split(".")[0]
        known = {binding_key(binding_id), tombstone_key(binding_id)}
        if key not in known or repositories.bindings.state(binding_id) is None:
            yield Discrepancy(fault=DiscrepancyKind.BINDING_UNKNOWN, subject=key)


def _keys(repositories: Repositories, folder: str, prefixes: Sequence[str]) -> Iterator[str]:
    for prefix in prefixes:
        yield from repositories.archive.store.keys(f"{folder}/{prefix}")
