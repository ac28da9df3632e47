"""Applications that are like another, found by the keyed hashes of its traces."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, and_, bindparam, select

from models.cases.case_round import TraceKind
from models.cases.similar_application import Alike, AlikeCase
from models.reviews.review import APPLICATION
from storage.cases.match_keys import SAME_PICTURE
from storage.database.engine import reading
from storage.database.tables import ReviewRow, RoundRow, TraceRow

MOST: Final = 20
"""Applications that are told at most, the newest first."""
_READ: Final = 100
"""Traces of one fingerprint that are read at most."""

_SAME: Final[Mapping[str, Alike]] = {
    TraceKind.FILE: Alike.FILE,
    TraceKind.CERTIFICATE: Alike.CERTIFICATE,
    TraceKind.HOUSEHOLD: Alike.HOUSEHOLD,
}
_ORDER: Final = {alike: place for place, alike in enumerate(Alike)}

_OWN: Final = select(
    TraceRow.application_id, TraceRow.kind, TraceRow.role, TraceRow.fingerprint
).where(
    TraceRow.round_id == bindparam("round_id"),
    TraceRow.kind.not_in((TraceKind.NAME, TraceKind.CERTIFICATE_CHILD)),
)
_OTHERS: Final = (
    select(TraceRow.round_id, TraceRow.role)
    .where(
        TraceRow.fingerprint == bindparam("fingerprint"),
        TraceRow.kind == bindparam("kind"),
        TraceRow.application_id != bindparam("application_id"),
    )
    .order_by(TraceRow.trace_id.desc())
    .limit(bindparam("most"))
)


class _Shared(NamedTuple):
    """One kind of trace that two rounds have in common, and how many of it."""

    round_id: str
    kind: str
    role: str | None
    other_role: str | None
    number: int


class Alikes:
    """Looks for what is like a round."""

    def __init__(self, engine: Engine) -> None:
        """Look in a database whose tables are up to date."""
        self._engine = engine

    def of(self, round_id: str, limit: int = MOST) -> tuple[AlikeCase, ...]:
        """Other applications that share a person, a picture, a file or a number with a round.

        Of each the last round that does; the weightiest first, then the newest.
        """
        with reading(self._engine) as connection:
            alike: dict[str, set[Alike]] = {}
            for shared in _shared(connection, round_id):
                if (what := _what(shared)) is not None:
                    alike.setdefault(shared.round_id, set()).add(what)
            cases = _cases(connection, alike)
        latest = {case.application_id: case for case in sorted(cases, key=lambda c: c.round)}
        newest = sorted(latest.values(), key=lambda case: case.received_at, reverse=True)
        return tuple(sorted(newest, key=lambda case: _ORDER[case.alike[0]])[:limit])


def _shared(connection: Connection, round_id: str) -> Iterator[_Shared]:
    """What the round's traces have in common with others', each looked up by itself.

    However common a trace is, the newest few of its likes are read.
    """
    counts: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for mine in connection.execute(_OWN, {"round_id": round_id}).all():
        for other in connection.execute(_OTHERS, {**mine._mapping, "most": _READ}):
            counts[other.round_id, mine.kind, mine.role, other.role] += 1
    for (other_round, kind, role, other_role), number in counts.items():
        yield _Shared(other_round, kind, role, other_role, number)


def _what(shared: _Shared) -> Alike | None:
    if shared.kind == TraceKind.IMAGE:
        return Alike.PICTURE if shared.number >= SAME_PICTURE else None
    if shared.kind != TraceKind.NUMBER:
        return _SAME.get(shared.kind)
    if shared.role != shared.other_role:
        return Alike.CROSSED
    return Alike.MEMBER if shared.role == "member" else Alike.APPLICANT


def _cases(connection: Connection, alike: Mapping[str, set[Alike]]) -> list[AlikeCase]:
    """The rounds that were found."""
    names = sorted(alike)
    found: list[AlikeCase] = []
    for start in range(0, len(names), 200):  # SQLite takes a limited number of parameters
        query = (
            select(
                RoundRow.round_id,
                RoundRow.application_id,
                RoundRow.round,
                RoundRow.received_at,
                RoundRow.outcome,
                ReviewRow.review_id,
            )
            .outerjoin(
                ReviewRow,
                and_(ReviewRow.round_id == RoundRow.round_id, ReviewRow.subject == APPLICATION),
            )
            .where(RoundRow.round_id.in_(names[start : start + 200]))
        )
        for row in connection.execute(query):
            values = dict(row._mapping)
            what = alike[values.pop("round_id")]
            values["alike"] = tuple(sorted(what, key=_ORDER.__getitem__))
            found.append(AlikeCase.model_validate(values))
    return found
