"""Everything that the page of one case shows, gathered from the repositories."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from console.web.review.face_view import FacePairView, face_pair
from console.web.review.tree_view import TreeView, tree_view
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding
from models.checks.reason import Severity
from models.errors import SettingError
from models.identity.masking import mask_field, mask_tail
from models.kinship.claim import KinshipVerdict
from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading, FieldReading
from models.reading.field_name import field_zh
from models.reviews.review_work import ClaimedReview, Correction, ReviewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.correct_field import field_names
from tasks.reviewing.recheck import Recheck, corrections_of, recheck
from tasks.rounds.round_results import load_decision, load_readings

_MASKED: Final = ("id_number", "certificate_number")


class FieldView(NamedTuple):
    """One field: the machine's reading and a person's, side by side.

    Attributes:
        shown: The value as it may be shown; masked unless it was revealed.
        matters: A rule needs it, or a finding names it; a doubt about others stops nobody.
        trusted: The machine's reading is sure enough to decide something.
        masked: Its value is hidden until somebody asks for it by a click that is recorded.
        points: The corners on the picture, as SVG writes them; empty where no place is known.
    """

    name: str
    zh: str
    reading: FieldReading
    shown: str
    raw: str
    second: str
    trusted: bool
    masked: bool
    points: str
    matters: bool
    correction: Correction | None
    corrected: str

    @property
    def state(self) -> str:
        """How sure it is, in a word."""
        if self.correction:
            return "corrected"
        return "sure" if self.trusted else "doubtful" if self.matters else "minor"


class PaperTab(NamedTuple):
    """One paper with the picture that it stands on.

    Attributes:
        number: Its place in the readings, from 0.
    """

    number: int
    reading: DocumentReading
    fields: tuple[FieldView, ...]

    @property
    def doubts(self) -> int:
        """How many fields nobody is sure of."""
        return sum(field.state == "doubtful" for field in self.fields)


class CaseView(NamedTuple):
    """What the page shows.

    Attributes:
        open: The papers may be shown to this person.
        mine: It lies on this person's desk.
        findings: As they stand now, corrections included.
        machine: What the checks would lead to now; "" where that must not be shown.
    """

    case: ClaimedReview
    round: ApplicationRound
    open: bool
    mine: bool
    papers: tuple[PaperTab, ...]
    findings: tuple[Finding, ...]
    kinship: KinshipVerdict | None
    tree: TreeView | None
    face: FacePairView | None
    corrections: tuple[Correction, ...]
    machine: str
    rechecked: Recheck | None


def may_see(case: ClaimedReview, session: StaffSession) -> bool:
    """Papers are for whoever works on the case, for seniors and for auditors."""
    return session.staff.role in {StaffRole.SENIOR, StaffRole.AUDITOR} or is_holder(case, session)


def is_holder(case: ClaimedReview, session: StaffSession) -> bool:
    """Whether the case lies on this person's desk."""
    return case.is_held_by(session.staff.name)


def case_view(
    repositories: Repositories,
    case: ClaimedReview,
    session: StaffSession,
    revealed: frozenset[tuple[int, str]],
) -> CaseView:
    """Gather one case.

    Args:
        repositories: Where everything is kept.
        case: Which one.
        session: Who looks.
        revealed: Masked fields, by paper and name, that this answer shows in clear.
    """
    round_ = repositories.cases.get(case.review.round_id)
    corrections = corrections_of(repositories, case)
    rechecked = _recheck_or_none(repositories, round_.round_id, corrections)
    decision = rechecked.decision if rechecked else load_decision(repositories, round_.round_id)
    visible = may_see(case, session)
    return CaseView(
        case=case,
        round=round_,
        open=visible,
        mine=is_holder(case, session),
        papers=_papers(repositories, round_.round_id, corrections, rechecked, revealed)
        if visible
        else (),
        findings=decision.findings if decision else (),
        kinship=decision.relationship if decision else None,
        tree=tree_view(rechecked) if rechecked and visible else None,
        face=face_pair(rechecked) if rechecked and visible else None,
        corrections=tuple(corrections.values()),
        machine=_machine(case, rechecked, corrections),
        rechecked=rechecked,
    )


def _recheck_or_none(
    repositories: Repositories, round_id: str, corrections: Mapping[tuple[int, str], Correction]
) -> Recheck | None:
    try:
        return recheck(repositories, round_id, corrections)
    except SettingError:  # no policy is in force there: a person decides without checks
        return None


def _machine(
    case: ClaimedReview,
    rechecked: Recheck | None,
    corrections: Mapping[tuple[int, str], Correction],
) -> str:
    """A sample is blind: what the machine made of it is not told."""
    shown = rechecked is not None and corrections and case.kind is not ReviewKind.SAMPLE
    return rechecked.decision.outcome.value if shown and rechecked else ""


def open_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that stand in the way of an approval."""
    return tuple(found for found in findings if found.severity is not Severity.INFO)


def _papers(
    repositories: Repositories,
    round_id: str,
    corrections: Mapping[tuple[int, str], Correction],
    rechecked: Recheck | None,
    revealed: frozenset[tuple[int, str]],
) -> tuple[PaperTab, ...]:
    readings = rechecked.read if rechecked else load_readings(repositories, round_id).papers
    rules = rechecked.policy.reading if rechecked else None
    named = frozenset(
        (item.document, item.field)
        for found in (rechecked.decision.findings if rechecked else ())
        for item in found.evidence
    )
    return tuple(
        PaperTab(
            number=number,
            reading=paper,
            fields=tuple(
                _field(number, name, paper, corrections.get((number, name)), rules, named, revealed)
                for name in field_names(paper)
            ),
        )
        for number, paper in enumerate(readings)
    )


def _field(
    number: int,
    name: str,
    paper: DocumentReading,
    correction: Correction | None,
    rules: ReadingRules | None,
    named: frozenset[tuple[str, str | None]],
    revealed: frozenset[tuple[int, str]],
) -> FieldView:
    reading = paper.fields.get(name, FieldReading(value=None, confidence=0))
    clear = not name.endswith(_MASKED) or (number, name) in revealed
    empty_and_seen = reading.value is None and reading.confidence >= 0.8
    return FieldView(
        name=name,
        zh=field_zh(name),
        reading=reading,
        shown=_shown(name, reading.value, clear=clear),
        raw=reading.raw if clear else mask_tail(reading.raw),
        second=_shown(name, reading.second, clear=clear),
        trusted=empty_and_seen or (rules is not None and rules.trusts(name, reading)),
        masked=not clear,
        matters=(paper.file, name) in named or _needed(paper, name, rules),
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in reading.quad) if reading.quad else "",
        correction=correction,
        corrected=_shown(name, correction.value, clear=clear) if correction else "",
    )


def _needed(paper: DocumentReading, name: str, rules: ReadingRules | None) -> bool:
    return rules is None or name in rules.needed.get(paper.kind, ())


def _shown(name: str, value: str | None, *, clear: bool) -> str:
    return (value if clear else mask_field(name, value)) or ""
