"""Duplicates: applications that are like another, found by the keyed hashes of its traces."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, and_, bindparam, select

from models.cases.case_round import MatchKeyKind
from models.cases.similar_application import SharedTrait, SimilarApplication
from models.reviews.review import APPLICATION
from storage.cases.match_keys import SAME_PICTURE
from storage.database.portions import portions
from storage.database.tables.cases import MatchKeyRow, RoundRow
from storage.database.tables.reviews import ReviewRow
from storage.database.transactions import reading

MOST: Final = 20
"""Applications that are told at most, the newest first."""
_READ: Final = 100
"""Traces of one fingerprint that are read at most."""

_SAME: Final[Mapping[str, SharedTrait]] = {
    MatchKeyKind.FILE: SharedTrait.FILE,
    MatchKeyKind.CERTIFICATE: SharedTrait.CERTIFICATE,
    MatchKeyKind.HOUSEHOLD: SharedTrait.HOUSEHOLD,
}
_ORDER: Final = {alike: place for place, alike in enumerate(SharedTrait)}

_OWN: Final = select(
    MatchKeyRow.application_id, MatchKeyRow.kind, MatchKeyRow.role, MatchKeyRow.fingerprint
).where(
    MatchKeyRow.round_id == bindparam("round_id"),
    MatchKeyRow.kind.not_in((MatchKeyKind.NAME, MatchKeyKind.CERTIFICATE_CHILD)),
)
_OTHERS: Final = (
    select(MatchKeyRow.round_id, MatchKeyRow.role)
    .where(
        MatchKeyRow.fingerprint == bindparam("fingerprint"),
        MatchKeyRow.kind == bindparam("kind"),
        MatchKeyRow.application_id != bindparam("application_id"),
    )
    .order_by(MatchKeyRow.trace_id.desc())
    .limit(bindparam("most"))
)


class _Shared(NamedTuple):
    """One kind of trace that two rounds have in common, and how many of it."""

    round_id: str
    kind: str
    role: str | None
    other_role: str | None
    number: int


class SimilarApplications:
    """Looks for what is like a round."""

    def __init__(self, engine: Engine) -> None:
        """Look in a database whose tables are up to date."""
        self._engine = engine

    def of(self, round_id: str, limit: int = MOST) -> tuple[SimilarApplication, ...]:
        """Other applications that share a person, a picture, a file or a number with a round.

        Of each the last round that does; the weightiest first, then the newest.
        """
        with reading(self._engine) as connection:
            alike: dict[str, set[SharedTrait]] = {}
            for shared in _shared(connection, round_id):
                if (what := _what(shared)) is not None:
                    alike.setdefault(shared.round_id, set()).add(what)
            found = _similar(connection, alike)
        latest = {each.application_id: each for each in sorted(found, key=lambda each: each.round)}
        newest = sorted(latest.values(), key=lambda each: each.received_at, reverse=True)
        return tuple(sorted(newest, key=lambda each: _ORDER[each.alike[0]])[:limit])


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


def _what(shared: _Shared) -> SharedTrait | None:
    if shared.kind == MatchKeyKind.IMAGE:
        return SharedTrait.PICTURE if shared.number >= SAME_PICTURE else None
    if shared.kind != MatchKeyKind.NUMBER:
        return _SAME.get(shared.kind)
    if shared.role != shared.other_role:
        return SharedTrait.CROSSED
    return SharedTrait.MEMBER if shared.role == "member" else SharedTrait.APPLICANT


def _similar(
    connection: Connection, alike: Mapping[str, set[SharedTrait]]
) -> list[SimilarApplication]:
    """The rounds that were found."""
    found: list[SimilarApplication] = []
    for chunk in portions(sorted(alike)):
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
            .where(RoundRow.round_id.in_(chunk))
            .order_by(RoundRow.round_id)
        )
        for row in connection.execute(query):
            values = dict(row._mapping)
            what = alike[values.pop("round_id")]
            values["alike"] = tuple(sorted(what, key=_ORDER.__getitem__))
            found.append(SimilarApplication.model_validate(values))
    return found
