"""Everything that the page of one case, or of one round's papers, shows."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from console.web.review.view.face_view import FacePairView, face_pair
from console.web.review.view.finding_view import FindingView, finding_views
from console.web.review.view.paper_bearers import bearers
from console.web.review.view.paper_view import PaperTab, paper_tabs
from console.web.review.view.stated_person import StatedPersonView, stated_people
from console.web.review.view.tree_view import TreeView, tree_view
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding
from models.checks.reason import Reason, Severity
from models.decision.decision import Decision
from models.errors import SettingError
from models.intake.application import Application
from models.kinship.claim import KinshipVerdict
from models.reviews.review_work import ClaimedReview, Correction
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.corrections.recheck import Recheck, corrections_of, recheck
from tasks.reviewing.samples.planted_doubt import PlantedDoubt, doubt_of
from tasks.rounds.round_results import load_arrival, load_decision

_ABOUT_FACES: Final = frozenset(
    {
        Reason.FACE_NOT_MATCHED,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.NOT_ONE_FACE,
        Reason.SELFIE_UNUSABLE,
    }
)
_Corrections = Mapping[tuple[int, str], Correction]


class CaseView(NamedTuple):
    """What the page shows.

    Attributes:
        place: The address under which its pictures and parts are fetched.
        open: The papers may be shown to this person.
        mine: It lies on this person's desk.
        findings: As they stand now, corrections included.
        machine: What the checks would lead to with the corrections; "" where there are none.
        form: What was applied for; None where it cannot be read, or the papers are not open.
        shown_whole: Numbers that this page shows in full unasked, as `paper:field`, for the log.
    """

    place: str
    round: ApplicationRound
    open: bool
    mine: bool
    papers: tuple[PaperTab, ...]
    findings: tuple[Finding, ...]
    kinship: KinshipVerdict | None
    tree: TreeView | None
    face: FacePairView | None
    machine: str
    rechecked: Recheck | None
    form: Application | None
    finding_views: tuple[FindingView, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Which of tree and faces there are, first the one that is in doubt."""
        parts = {"tree": self.tree, "faces": self.face}
        face_first = any(f.code in _ABOUT_FACES for f in open_findings(self.findings))
        order = ("faces", "tree") if face_first else ("tree", "faces")
        return tuple(part for part in order if parts[part] is not None)

    @property
    def stated_people(self) -> dict[str, StatedPersonView]:
        """Sex and age of the two by their stated numbers; empty where no rules count ages."""
        if self.form is None or self.rechecked is None:
            return {}
        return stated_people(self.form, self.rechecked.policy.ages)

    @property
    def one_reader(self) -> bool:
        """Whether numbers rest on one reader, because the machine lacked the other."""
        return self.rechecked is not None and self.rechecked.decision.second_reader_missing

    @property
    def shown_whole(self) -> tuple[str, ...]:
        """See the attributes."""
        fields = (f"{p.number}:{f.name}" for p in self.papers for f in p.fields if f.whole)
        items = (i.place for v in self.finding_views for i in v.evidence if i.whole and i.number)
        return tuple(dict.fromkeys((*fields, *items)))


def sees_every_paper(session: StaffSession) -> bool:
    """Seniors and auditors see the papers of any application, people's case or not."""
    return session.staff.role in {StaffRole.SENIOR, StaffRole.AUDITOR}


def may_see(case: ClaimedReview, session: StaffSession) -> bool:
    """Papers are for whoever works on the case, for seniors and for auditors."""
    return sees_every_paper(session) or is_holder(case, session)


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
    corrections = corrections_of(repositories, case)
    view = _gather(
        repositories,
        repositories.cases.get(case.review.round_id),
        f"/cases/{case.review.review_id}",
        corrections,
        revealed,
        visible=may_see(case, session),
        holder=is_holder(case, session),
        doubt=doubt_of(repositories, case),
    )
    corrected = view.rechecked is not None and corrections
    machine = view.rechecked.decision.outcome.value if corrected and view.rechecked else ""
    return view._replace(machine=machine)


def round_view(
    repositories: Repositories, round_: ApplicationRound, revealed: frozenset[tuple[int, str]]
) -> CaseView:
    """Gather the papers of a round for somebody who sees every paper."""
    return _gather(
        repositories,
        round_,
        f"/papers/{round_.round_id}",
        repositories.corrections.in_force(round_.round_id),
        revealed,
        visible=True,
        holder=False,
    )


def _gather(
    repositories: Repositories,
    round_: ApplicationRound,
    place: str,
    corrections: _Corrections,
    revealed: frozenset[tuple[int, str]],
    *,
    visible: bool,
    holder: bool,
    doubt: PlantedDoubt | None = None,
) -> CaseView:
    rechecked = _recheck_or_none(repositories, round_, corrections, doubt)
    decision: Decision | None = (
        rechecked.decision if rechecked else load_decision(repositories, round_.round_id)
    )
    findings = decision.findings if decision else ()
    unchecked = visible and rechecked is None
    stated = load_arrival(repositories, round_.round_id).application if unchecked else None
    papers = (
        paper_tabs(repositories, round_.round_id, corrections, rechecked, revealed, holder=holder)
        if visible
        else ()
    )
    return CaseView(
        place=place,
        round=round_,
        open=visible,
        mine=holder,
        papers=papers,
        findings=findings,
        kinship=decision.relationship if decision else None,
        tree=tree_view(rechecked) if rechecked and visible else None,
        face=face_pair(rechecked) if rechecked and visible else None,
        machine="",
        rechecked=rechecked,
        form=rechecked.dossier.application if rechecked else stated,
        finding_views=finding_views(
            findings,
            rechecked.dossier.readings if rechecked else (),
            rechecked.dossier.application if rechecked else None,
            holder=holder,
            roles=[one.role for one in bearers(rechecked, ())] if rechecked else (),
        ),
    )


def _recheck_or_none(
    repositories: Repositories,
    round_: ApplicationRound,
    corrections: _Corrections,
    doubt: PlantedDoubt | None,
) -> Recheck | None:
    try:
        return recheck(repositories, round_, corrections, doubt)
    except SettingError:  # no policy is in force there: a person decides without checks
        return None


def open_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that stand in the way of an approval."""
    return tuple(found for found in findings if found.severity is not Severity.INFO)
