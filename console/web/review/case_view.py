"""Everything that the page of one case shows, gathered from the repositories."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from console.web.review.face_view import FacePairView, face_pair
from console.web.review.tree_view import TreeView, tree_view
from console.web.review.view.differences import TextPart, mark_differences
from console.web.review.view.finding_view import FindingView, finding_views
from console.web.review.view.paper_bearers import PaperBearer, bearers, stated_value
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding
from models.checks.reason import Reason, Severity
from models.errors import SettingError
from models.identity.masking import mask_field, mask_tail
from models.kinship.claim import KinshipVerdict
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from models.reading.field_name import field_zh
from models.reading.stated_value import StatedAnswer, comparisons_of
from models.reviews.review_work import ClaimedReview, Correction, ReviewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.correct_field import field_names
from tasks.reviewing.recheck import Recheck, corrections_of, recheck
from tasks.rounds.round_results import load_decision, load_readings

_MASKED: Final = ("id_number", "certificate_number")
_ABOUT_FACES: Final = frozenset(
    {
        Reason.FACE_NOT_MATCHED,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.NOT_ONE_FACE,
        Reason.SELFIE_UNUSABLE,
    }
)
_SEEN_BLANK: Final = 0.8
"""From this confidence on a place without a value was seen and is blank."""


class FieldView(NamedTuple):
    """One field: the machine's reading and a person's, side by side.

    Attributes:
        shown: The value as it may be shown; masked unless it was revealed.
        matters: A rule needs it, or a finding names it; a doubt about others stops nobody.
        trusted: The machine's reading is sure enough to decide something.
        masked: Its value is hidden until somebody asks for it by a click that is recorded.
        points: The corners on the picture, as SVG writes them; empty where no place is known.
        stated: What the form says of the same thing; masked as the reading is; "" for nothing.
        picture: What the picture says of the form's value; None where it was not asked.
        whole: A number that is shown in full unasked, because its holder has to judge it.
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
    stated: str
    picture: StatedAnswer | None
    whole: bool

    @property
    def readers_differ(self) -> bool:
        """Whether the second reader saw something else."""
        return bool(self.second) and self.second != self.shown

    @property
    def first_parts(self) -> tuple[TextPart, ...]:
        """The first reading, marked where the second reader, or else the form, has it otherwise."""
        return mark_differences(self.shown, self.second or self.stated)

    @property
    def second_parts(self) -> tuple[TextPart, ...]:
        """The second reading, marked where it differs from the first."""
        return mark_differences(self.second, self.shown)

    @property
    def stated_parts(self) -> tuple[TextPart, ...]:
        """What the form states, marked where it differs from the first reading."""
        return mark_differences(self.stated, self.shown)

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
        bearer: Whose paper it is.
    """

    number: int
    reading: DocumentReading
    fields: tuple[FieldView, ...]
    bearer: PaperBearer

    @property
    def turn(self) -> int:
        """Degrees clockwise by which its picture has to be turned to stand upright.

        The turn of a page is that of its text; a face has none, and stands as the camera meant it.
        """
        faced = self.reading.kind is DocumentKind.SELFIE
        return 0 if faced or self.reading.quality is None else self.reading.quality.rotation

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
        shown_whole: Numbers that this page shows in full unasked, as `paper:field`, for the log.
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
    finding_views: tuple[FindingView, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Which of tree and faces there are, first the one that is in doubt."""
        parts = {"tree": self.tree, "faces": self.face}
        face_first = any(f.code in _ABOUT_FACES for f in open_findings(self.findings))
        order = ("faces", "tree") if face_first else ("tree", "faces")
        return tuple(part for part in order if parts[part] is not None)

    @property
    def shown_whole(self) -> tuple[str, ...]:
        """See the attributes."""
        fields = (f"{p.number}:{f.name}" for p in self.papers for f in p.fields if f.whole)
        items = (i.place for v in self.finding_views for i in v.evidence if i.whole and i.number)
        return tuple(dict.fromkeys((*fields, *items)))


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
    visible, holder = may_see(case, session), is_holder(case, session)
    findings = decision.findings if decision else ()
    return CaseView(
        case=case,
        round=round_,
        open=visible,
        mine=holder,
        papers=_papers(
            repositories, round_.round_id, corrections, rechecked, revealed, holder=holder
        )
        if visible
        else (),
        findings=findings,
        kinship=decision.relationship if decision else None,
        tree=tree_view(rechecked) if rechecked and visible else None,
        face=face_pair(rechecked) if rechecked and visible else None,
        corrections=tuple(corrections.values()),
        machine=_machine(case, rechecked, corrections),
        rechecked=rechecked,
        finding_views=finding_views(
            findings,
            rechecked.dossier.readings if rechecked else (),
            rechecked.dossier.application if rechecked else None,
            holder=holder,
        ),
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
    *,
    holder: bool,
) -> tuple[PaperTab, ...]:
    readings = rechecked.read if rechecked else load_readings(repositories, round_id).papers
    whose = bearers(rechecked, readings)
    rules = rechecked.policy.reading if rechecked else None
    named = frozenset(
        (item.document, item.field)
        for found in (rechecked.decision.findings if rechecked else ())
        for item in found.evidence
    )
    context = _FieldContext(corrections, rules, named, revealed, rechecked, holder=holder)
    return tuple(
        PaperTab(
            number=number,
            reading=paper,
            fields=tuple(
                _field(number, name, paper, whose[number], context) for name in field_names(paper)
            ),
            bearer=whose[number],
        )
        for number, paper in enumerate(readings)
    )


class _FieldContext(NamedTuple):
    """What every field of a case is looked at with."""

    corrections: Mapping[tuple[int, str], Correction]
    rules: ReadingRules | None
    named: frozenset[tuple[str, str | None]]
    revealed: frozenset[tuple[int, str]]
    rechecked: Recheck | None
    holder: bool


def _field(
    number: int, name: str, paper: DocumentReading, bearer: PaperBearer, context: _FieldContext
) -> FieldView:
    reading = paper.fields.get(name, FieldReading(value=None, confidence=0))
    correction, rules = context.corrections.get((number, name)), context.rules
    blank_seen = reading.value is None and reading.confidence >= _SEEN_BLANK
    trusted = blank_seen or (rules is not None and rules.trusts(name, reading))
    picture = _picture(paper, name, bearer, context.rechecked)
    matters = (paper.file, name) in context.named or _needed(paper, name, rules)
    number_like, asked = name.endswith(_MASKED), (number, name) in context.revealed
    to_judge = context.holder and matters and not trusted and correction is None
    clear = not number_like or asked or to_judge
    form = context.rechecked.dossier.application if context.rechecked else None
    return FieldView(
        name=name,
        zh=field_zh(name),
        reading=reading,
        shown=_shown(name, reading.value, clear=clear),
        raw=reading.raw if clear else mask_tail(reading.raw),
        second=_shown(name, reading.second, clear=clear),
        trusted=trusted,
        masked=not clear,
        matters=matters,
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in reading.quad) if reading.quad else "",
        correction=correction,
        corrected=_shown(name, correction.value, clear=clear) if correction else "",
        picture=picture,
        stated=_shown(name, stated_value(form, bearer, name), clear=clear),
        whole=number_like and to_judge and not asked,
    )


def _picture(
    paper: DocumentReading, name: str, bearer: PaperBearer, rechecked: Recheck | None
) -> StatedAnswer | None:
    """What the picture says of the value that the form states of whom the field is about."""
    whose = {"mother": bearer.mother, "father": bearer.father}.get(name.split("_")[0], bearer.role)
    found = comparisons_of(rechecked.dossier.stated if rechecked else (), paper, name)
    return next((c.answer for c in found if c.person == whose), None)


def _needed(paper: DocumentReading, name: str, rules: ReadingRules | None) -> bool:
    return rules is None or name in rules.needed.get(paper.kind, ())


def _shown(name: str, value: str | None, *, clear: bool) -> str:
    return (value if clear else mask_field(name, value)) or ""
