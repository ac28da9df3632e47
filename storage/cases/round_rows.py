"""The rows of rounds, of their findings and papers, written and read inside one transaction."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from models.cases.case_round import ApplicationRound, Registration, Stage
from models.decision.decision import Decision
from models.errors import KinbindError
from models.reading.document import DocumentKind, DocumentReading
from storage.database.tables.cases import FindingRow, RoundRow
from storage.database.tables.reviews import NO_WORDS, DraftRow, OpinionRow, RemarkRow, ReviewRow

_QUALITY: Final = (
    "blur", "glare", "glyph_height_px", "rotation", "corners_visible", "seal", "colour",
)  # fmt: skip
COLUMNS: Final = tuple(RoundRow.__table__.columns)
_ONE: Final = select(*COLUMNS).where(RoundRow.round_id == bindparam("round_id"))
MACHINE: Final = "machine"
"""Who decided, and where a finding comes from."""
PERSON: Final = "person"


class RoundMissingError(KinbindError):
    """There is no such round in the case database."""


def decided_after(decided_at: dt.datetime | None, round_id: str) -> ColumnElement[bool]:
    """Which rounds come after such a one in the order of `decided_at` and `round_id`."""
    return or_(
        RoundRow.decided_at > decided_at,
        and_(RoundRow.decided_at == decided_at, RoundRow.round_id > round_id),
    )


def register_row(connection: Connection, draft: ApplicationRound) -> Registration:
    """Add a round, numbered after the last; the same content again is the round that it was."""
    same = select(*COLUMNS).where(
        RoundRow.application_id == draft.application_id,
        RoundRow.content_digest == draft.content_digest,
    )
    row = connection.execute(same).one_or_none()
    if row is not None:
        return Registration(round=round_of_row(row), known=True)
    last = connection.scalar(
        select(func.max(RoundRow.round)).where(RoundRow.application_id == draft.application_id)
    )
    opened = draft.model_copy(update={"round": (last or 0) + 1})
    connection.execute(insert(RoundRow).values(**opened.model_dump()))
    return Registration(round=opened, known=False)


def forget_opinions(connection: Connection, round_id: str) -> None:
    """What reviewers wrote in their own words; who decided what stays."""
    mine = select(ReviewRow.review_id).where(ReviewRow.round_id == round_id)
    connection.execute(
        update(OpinionRow).where(OpinionRow.review_id.in_(mine)).values(words=NO_WORDS)
    )
    connection.execute(update(ReviewRow).where(ReviewRow.round_id == round_id).values(note=None))
    connection.execute(delete(DraftRow).where(DraftRow.review_id.in_(mine)))
    connection.execute(
        update(RemarkRow).where(RemarkRow.review_id.in_(mine)).values(words=NO_WORDS)
    )


def places_of_opinions(connection: Connection, round_id: str) -> tuple[str, ...]:
    """What reviewers' own words about a round are sealed for, by their keys' scopes."""
    mine = select(ReviewRow.review_id).where(ReviewRow.round_id == round_id)
    return tuple(f"opinions/{review_id}" for review_id in connection.scalars(mine))


def get_row(connection: Connection, round_id: str) -> ApplicationRound:
    """A round.

    Raises:
        RoundMissingError: There is none.
    """
    row = connection.execute(_ONE, {"round_id": round_id}).one_or_none()
    if row is None:
        raise RoundMissingError("没有该编号的轮次。There is no round of this identifier.")
    return round_of_row(row)


def advance_row(connection: Connection, round_id: str, stage: Stage) -> None:
    """Say that a round came to a stage; it never goes back."""
    connection.execute(
        update(RoundRow)
        .where(RoundRow.round_id == round_id, RoundRow.stage.in_(stage.earlier))
        .values(stage=stage)
    )


def decide_row(
    connection: Connection,
    round_id: str,
    decision: Decision,
    kinds: Mapping[str, DocumentKind],
) -> None:
    """Write an outcome with its findings; those of the same origin are replaced."""
    origin = origin_of(decision.decided_by)
    connection.execute(
        update(RoundRow)
        .where(RoundRow.round_id == round_id)
        .values(
            outcome=decision.outcome,
            policy_version=decision.policy_version,
            decided_at=decision.decided_at,
            decided_by=decision.decided_by,
            **({"machine_outcome": decision.outcome} if origin == MACHINE else {}),
            answer_due_on=decision.answer_by.day if decision.answer_by else None,
            answer_due_provisional=decision.answer_by.provisional if decision.answer_by else None,
        )
    )
    advance_row(connection, round_id, Stage.DECIDED)
    mine = and_(FindingRow.round_id == round_id, FindingRow.origin == origin)
    connection.execute(delete(FindingRow).where(mine))
    last = select(func.max(FindingRow.ordinal)).where(FindingRow.round_id == round_id)
    first = (connection.scalar(last) or 0) + 1 if origin != MACHINE else 0
    if rows := finding_rows(round_id, decision, kinds, first=first):
        connection.execute(insert(FindingRow), rows)


def finding_rows(
    round_id: str, decision: Decision, kinds: Mapping[str, DocumentKind], *, first: int
) -> list[dict[str, object]]:
    """The rows of a decision's findings, in their order.

    Args:
        round_id: Whose.
        decision: Theirs.
        kinds: What each file was read as.
        first: The number of the first row; those of another origin may stand before.
    """
    return [
        {
            "round_id": round_id,
            "ordinal": ordinal,
            "code": found.code,
            "severity": found.severity,
            "verdict": found.verdict,
            "subject": found.subject,
            "kind": next((kinds[e.document] for e in found.evidence if e.document in kinds), None),
            "origin": origin_of(decision.decided_by),
        }
        for ordinal, found in enumerate(decision.findings, start=first)
    ]


def take_back_row(connection: Connection, round_id: str) -> None:
    """Undo what the machine said of a round, and count that it is given it again."""
    mine = and_(FindingRow.round_id == round_id, FindingRow.origin == MACHINE)
    connection.execute(delete(FindingRow).where(mine))
    connection.execute(
        update(RoundRow)
        .where(RoundRow.round_id == round_id)
        .values(
            stage=Stage.TAKEN_IN,
            batch_id=None,
            retries=RoundRow.retries + 1,
            **dict.fromkeys(
                ("outcome", "policy_version", "decided_at", "decided_by", "machine_outcome")
            ),
        )
    )


def origin_of(decided_by: str | None) -> str:
    """Whether the machine or a person decided."""
    return MACHINE if decided_by in {None, MACHINE} else PERSON


def document_row(round_id: str, ordinal: int, paper: DocumentReading) -> dict[str, object]:
    """A paper as the data team sees it: how well it was read, not what it says."""
    read = [field.confidence for field in paper.fields.values()]
    quality = paper.quality.model_dump() if paper.quality else {}
    return {
        "round_id": round_id,
        "ordinal": ordinal,
        "kind": paper.kind,
        "kind_confidence": paper.kind_confidence,
        "page": paper.page,
        "part": paper.part,
        **{name: quality.get(name) for name in _QUALITY},
        "fields_read": sum(field.value is not None for field in paper.fields.values()),
        "mean_confidence": sum(read) / len(read) if read else None,
        "seconds": paper.seconds,
        "engine": paper.engine[:256],
    }


def round_of_row(row: Row[tuple[object, ...]]) -> ApplicationRound:
    """The round that a row tells of."""
    return ApplicationRound.model_validate(dict(row._mapping))
