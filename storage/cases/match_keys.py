"""What earlier applications tell about a new one, by keyed hashes only."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from models.bindings.counted_bindings import BindingPair, count_bindings
from models.cases.case_round import ApplicationRound, MatchKey, MatchKeyKind
from models.decision.decision import History
from models.intake.application import PersonRole, Product, Relationship
from storage.bindings.related_bindings import bindings_of, hash_slot
from storage.database.portions import portions
from storage.database.tables.cases import MatchKeyRow, RoundRow
from storage.keys.keyring import Keyring
from storage.keys.match_hash import hash_match_key

_MATCHED_KINDS: Final = (
    MatchKeyKind.NUMBER,
    MatchKeyKind.FILE,
    MatchKeyKind.IMAGE,
    MatchKeyKind.CERTIFICATE,
)
SAME_PICTURE: Final = 2
"""Bands in common from which two prints are of one picture; see `tasks.faces.picture_print`."""

FEW: Final = 400
"""Marks in common that are all looked at: a person stands in dozens of applications at most, and
each further one costs 70 microseconds."""
_OF_MANY: Final = 100
"""Of a number or file with more of them, so many of the first and of the last: nobody hides the
one who came first behind a crowd of their own."""
_MARKS_ELSEWHERE: Final = select(MatchKeyRow.round_id).where(
    MatchKeyRow.fingerprint.in_(bindparam("fingerprints", expanding=True)),
    MatchKeyRow.application_id != bindparam("application_id"),
)
_FEW_ELSEWHERE: Final = _MARKS_ELSEWHERE.limit(FEW + 1)
_FIRST_AND_LAST: Final = tuple(
    _MARKS_ELSEWHERE.where(MatchKeyRow.kind == bindparam("kind")).order_by(order).limit(_OF_MANY)
    for order in (MatchKeyRow.trace_id, MatchKeyRow.trace_id.desc())
)
_OF_ROUNDS: Final = select(
    MatchKeyRow.round_id,
    MatchKeyRow.application_id,
    MatchKeyRow.round,
    MatchKeyRow.kind,
    MatchKeyRow.role,
    MatchKeyRow.fingerprint,
).where(MatchKeyRow.round_id.in_(bindparam("rounds", expanding=True)))


class _Mark(NamedTuple):
    """A match key as it is kept, with the application it is from."""

    application_id: str
    round: int
    kind: str
    role: str | None
    fingerprint: str


def save_match_keys(
    connection: Connection,
    keyring: Keyring,
    round_: ApplicationRound,
    match_keys: Sequence[MatchKey],
) -> None:
    """Save a round's match keys; those that it had before are replaced."""
    connection.execute(delete(MatchKeyRow).where(MatchKeyRow.round_id == round_.round_id))
    kept = {
        (match_key.kind, match_key.role, hash_match_key(keyring, match_key))
        for match_key in match_keys
        if match_key.value
    }
    rows = [
        {
            "round_id": round_.round_id,
            "application_id": round_.application_id,
            "round": round_.round,
            "kind": kind,
            "role": role,
            "fingerprint": fingerprint,
        }
        for kind, role, fingerprint in sorted(
            kept, key=lambda mark: (mark[0], mark[2], str(mark[1]))
        )
    ]
    if rows:
        connection.execute(insert(MatchKeyRow), rows)


def delete_prints(connection: Connection, round_id: str) -> int:
    """Delete the prints of the faces of a round; say how many there were."""
    prints = delete(MatchKeyRow).where(
        MatchKeyRow.round_id == round_id, MatchKeyRow.kind == MatchKeyKind.IMAGE
    )
    return connection.execute(prints).rowcount


def file_is_shown_elsewhere(
    connection: Connection,
    keyring: Keyring,
    digest: str,
    *,
    round_id: str = "",
    application_id: str = "",
) -> bool:
    """Whether a round, whose pictures are kept, of another round or application shows this file."""
    match_key = MatchKey(kind=MatchKeyKind.FILE, value=digest)
    query = (
        select(MatchKeyRow.round_id)
        .join(RoundRow, RoundRow.round_id == MatchKeyRow.round_id)
        .where(
            MatchKeyRow.fingerprint == hash_match_key(keyring, match_key),
            MatchKeyRow.round_id != round_id,
            MatchKeyRow.application_id != application_id,
            MatchKeyRow.kind == MatchKeyKind.FILE,
            RoundRow.pictures_deleted_at.is_(None),
        )
        # The newest first: of those before, the pictures are deleted one after the other.
        .order_by(MatchKeyRow.trace_id.desc())
        .limit(1)
    )
    return connection.scalar(query) is not None


def compare_match_keys(
    connection: Connection,
    keyring: Keyring,
    application_id: str,
    match_keys: Sequence[MatchKey],
    product: Product | None,
    relationship: Relationship | None,
    on: dt.datetime,
) -> History:
    """Compare an application's match keys with everybody else's, and count what is bound."""
    hashed = [
        (match_key, hash_match_key(keyring, match_key))
        for match_key in match_keys
        if match_key.value
    ]
    marks = [
        _Mark(application_id, 0, match_key.kind, match_key.role, fingerprint)
        for match_key, fingerprint in hashed
    ]
    others = _latest_rounds(_rounds_in_common(connection, application_id, marks))
    numbers = _owners(marks, MatchKeyKind.NUMBER)
    reused = {
        match_key.label
        for match_key, fingerprint in hashed
        if match_key.kind is MatchKeyKind.FILE
        and any(_used_for_others(match_key, fingerprint, numbers, other) for other in others)
    }
    shared = {role for other in others for role in _other_names(marks, other)}
    pair = BindingPair(numbers.get(PersonRole.APPLICANT, ""), numbers.get(PersonRole.MEMBER, ""))
    slot = _slot(keyring, relationship, numbers, match_keys)
    counts = count_bindings(
        bindings_of(connection, pair, slot),
        pair,
        product=product or "",
        slot=slot,
        relationship=relationship,
        on=on,
        without_application=application_id,
    )
    return History(
        reused_files=tuple(sorted(reused)),
        shared_numbers=tuple(sorted(shared)),
        shared_faces=tuple(sorted({r for other in others for r in _other_faces(marks, other)})),
        shared_certificates=tuple(sorted(_other_children(hashed, others))),
        **counts._asdict(),
    )


def _other_faces(marks: Sequence[_Mark], other: Sequence[_Mark]) -> set[str]:
    """The roles of whom a picture stands for another person in the other application."""
    numbers, theirs = _owners(marks, MatchKeyKind.NUMBER), _owners(other, MatchKeyKind.NUMBER)
    return {
        role
        for role, mine in _prints(marks).items()
        for their_role, print_ in _prints(other).items()
        if len(mine & print_) >= SAME_PICTURE
        and role in numbers
        and their_role in theirs
        and numbers[role] != theirs[their_role]
    }


def _prints(marks: Iterable[_Mark]) -> dict[str, set[str]]:
    """Role to the bands of that person's pictures."""
    prints: dict[str, set[str]] = {}
    for mark in marks:
        if mark.kind == MatchKeyKind.IMAGE and mark.role:
            prints.setdefault(mark.role, set()).add(mark.fingerprint)
    return prints


def _other_children(
    hashed: Sequence[tuple[MatchKey, str]], others: Sequence[Sequence[_Mark]]
) -> set[str]:
    """Files whose certificate number is on file for a child that this application does not show."""
    numbers = {t.label: h for t, h in hashed if t.kind is MatchKeyKind.CERTIFICATE}
    children = {t.label: h for t, h in hashed if t.kind is MatchKeyKind.CERTIFICATE_CHILD}
    return {
        label
        for label, number in numbers.items()
        for other in others
        if number in {m.fingerprint for m in other if m.kind == MatchKeyKind.CERTIFICATE}
        and children.get(label)
        not in {m.fingerprint for m in other if m.kind == MatchKeyKind.CERTIFICATE_CHILD}
    }


def _used_for_others(
    match_key: MatchKey, fingerprint: str, numbers: Mapping[str, str], other: Sequence[_Mark]
) -> bool:
    """Whether the other application shows the same file as another person's.

    Where both say whose paper it is, the two owners are compared. Where a side does not (a book's
    cover), the file is another family's if the two applications have nobody in common.
    """
    theirs = _owners(other, MatchKeyKind.NUMBER)
    for mark in other:
        if (mark.kind, mark.fingerprint) != (match_key.kind, fingerprint):
            continue
        mine_owner = numbers.get(match_key.role or "")
        their_owner = theirs.get(mark.role or "")
        if mine_owner and their_owner:
            if mine_owner != their_owner:
                return True
        elif numbers and theirs and not set(numbers.values()) & set(theirs.values()):
            return True
    return False


def _other_names(marks: Sequence[_Mark], other: Sequence[_Mark]) -> set[str]:
    """The roles of this application whose number stands beside another name in the other one."""
    names, their_names = _owners(marks, MatchKeyKind.NAME), _owners(other, MatchKeyKind.NAME)
    theirs = _owners(other, MatchKeyKind.NUMBER)
    return {
        role
        for role, number in _owners(marks, MatchKeyKind.NUMBER).items()
        for their_role, their_number in theirs.items()
        if number == their_number
        and role in names
        and their_role in their_names
        and names[role] != their_names[their_role]
    }


def _owners(marks: Iterable[_Mark], kind: MatchKeyKind) -> dict[str, str]:
    """Role to fingerprint, for one kind of match key."""
    return {mark.role: mark.fingerprint for mark in marks if mark.kind == kind and mark.role}


def _rounds_in_common(
    connection: Connection, application_id: str, marks: Sequence[_Mark]
) -> dict[str, list[_Mark]]:
    """All match keys of every round of another application that shares a number or a file."""
    wanted = sorted(
        {(mark.fingerprint, mark.kind) for mark in marks if mark.kind in _MATCHED_KINDS}
    )
    found = [
        round_id
        for chunk in portions(wanted)
        for round_id in _rounds_with(connection, application_id, chunk)
    ]
    rounds: dict[str, list[_Mark]] = {}
    for chunk in portions(sorted(set(found))):
        for row in connection.execute(_OF_ROUNDS, {"rounds": chunk}):
            rounds.setdefault(row.round_id, []).append(_Mark(*row[1:]))
    return rounds


def _rounds_with(
    connection: Connection, application_id: str, wanted: Sequence[tuple[str, str]]
) -> Iterable[str]:
    """Rounds of other applications with one of these fingerprints: all of a few, some of many."""
    asked = {"fingerprints": [hash_ for hash_, _ in wanted], "application_id": application_id}
    few = list(connection.scalars(_FEW_ELSEWHERE, asked))
    if len(few) <= FEW:
        return few
    return [
        round_id
        for fingerprint, kind in wanted
        for query in _FIRST_AND_LAST
        for round_id in connection.scalars(
            query, asked | {"fingerprints": [fingerprint], "kind": kind}
        )
    ]


def _latest_rounds(rounds: Mapping[str, list[_Mark]]) -> list[list[_Mark]]:
    """The last of each application's rounds: a slip that was mended no longer counts."""
    latest: dict[str, list[_Mark]] = {}
    for marks in sorted(rounds.values(), key=lambda marks: marks[0].round):
        latest[marks[0].application_id] = marks
    return list(latest.values())


def _slot(
    keyring: Keyring,
    relationship: Relationship | None,
    numbers: Mapping[str, str],
    match_keys: Sequence[MatchKey],
) -> str | None:
    """The parent's slot, from the numbers in clear that never leave memory."""
    clear = {t.role: t.value for t in match_keys if t.kind is MatchKeyKind.NUMBER and t.role}
    people = [
        (numbers.get(role, ""), clear.get(role, ""))
        for role in (PersonRole.APPLICANT, PersonRole.MEMBER)
    ]
    return hash_slot(keyring, relationship, people[0], people[1])
