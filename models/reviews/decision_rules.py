"""What a decision of a person must carry, by what is in force when it is given."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, Finding
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.intake.application import Product
from models.kinship.claim import KinshipAnswer, KinshipVerdict
from models.policy.review_rules import DECISIONS, ReviewRules
from models.record import Record
from models.reviews.decision_faults import DecisionFault, FaultKind
from models.reviews.grounds import GroundKind, ManualVerification
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole

LEAST_NOTE: Final = 4
"""Letters and digits of the shortest note that says anything: 原件相符."""
MOST_ADVICE: Final = 200
"""Characters of an applicant's next step: what a text message carries with its frame."""
_NUMBERLIKE: Final = re.compile(r"\d{6}[\d*]{4,}|\d{15,}")


class OpinionDraft(Record):
    """What a member of staff says about a case.

    Attributes:
        outcome: Approved, returned or rejected.
        codes: The reasons; those of an approval are not kept.
        words: What was written, grounds and verification included.
    """

    outcome: Outcome
    codes: tuple[str, ...] = ()
    words: ReviewNote = ReviewNote()


class Standing(NamedTuple):
    """How a case stands at this moment, corrections and other applications included.

    Attributes:
        rules: The policy's; None where no policy is in force there and then.
        queued: The reasons for which it was put before people.
        findings: Those in force now.
        product: What the binding is for; None where the form names none.
        has_form: Whether the form can be judged.
        submitted_at: When it was handed in.
        returned: Reasons that the policy takes an applicant to be able to mend.
        last_round: The policy grants no further round after this one.
        about_binding: It is about a binding in force: approved keeps it, returned suspends it,
            rejected ends it.
        sure_reading_corrected: A person corrected what had been read surely.
    """

    rules: ReviewRules | None
    queued: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    kinship: KinshipVerdict | None = None
    product: Product | None = None
    has_form: bool = True
    submitted_at: dt.datetime | None = None
    returned: frozenset[Reason] = frozenset()
    last_round: bool = False
    about_binding: bool = False
    sure_reading_corrected: bool = False

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Those that stand in the way of an approval."""
        return tuple(found for found in self.findings if found.severity is not Severity.INFO)

    @property
    def failed(self) -> tuple[str, ...]:
        """The reasons that an approval would overrule, warnings included."""
        codes = (f.code for f in self.open_findings if f.verdict is CheckVerdict.FAILED)
        return tuple(dict.fromkeys(codes))

    @property
    def proven(self) -> bool:
        """Whether the claimed kinship is proven."""
        return self.kinship is not None and self.kinship.answer is KinshipAnswer.PROVEN

    @property
    def asks_for_verification(self) -> bool:
        """Whether the member's will has to be asked for by a person (P06)."""
        return not self.about_binding and any(
            f.code is Reason.VERIFICATION_WITHOUT_FACE for f in self.findings
        )


def needs_second_person(standing: Standing, chosen: Outcome) -> bool:
    """Whether policy, or what an approval would overrule, asks for a second person (双人复核).

    A reason that brought the case before people counts although a correction removed it since:
    one person's correction must not do away with the other person. Nor does one person approve
    over what both readers had read surely by saying that something else stands there.
    """
    rules = standing.rules
    if rules is None:
        return True
    now = {found.code for found in standing.open_findings}
    if rules.four_eyes_codes & {*standing.queued, *now} or chosen in rules.four_eyes_outcomes:
        return True
    if max(len(set(standing.queued)), len(now)) >= rules.four_eyes_from_reasons:
        return True
    return chosen is Outcome.APPROVED and _approval_needs_two(rules, standing)


def newly_in_force(standing: Standing, known: Collection[str]) -> frozenset[str]:
    """Reasons against one person's approval that need a second person, and that nobody knew of.

    Args:
        standing: How the case stands when the approval would take effect.
        known: The reasons that the one person had before them, or overruled.
    """
    if standing.rules is None or not needs_second_person(standing, Outcome.APPROVED):
        return frozenset()
    return frozenset(found.code for found in standing.open_findings) - frozenset(known)


def decision_faults(
    draft: OpinionDraft,
    standing: Standing,
    role: StaffRole,
    *,
    advised: Collection[str] = (),
    now: dt.datetime,
) -> tuple[DecisionFault, ...]:
    """Everything that is missing in a decision; empty where it may be given.

    Args:
        draft: The decision.
        standing: How the case stands.
        role: Of who gives it.
        advised: Reasons for which there is a usual next step for the applicant.
        now: The present.
    """
    if draft.outcome not in DECISIONS:
        return (DecisionFault(kind=FaultKind.OUTCOME),)
    rules = standing.rules
    if rules is not None and draft.outcome not in rules.role_outcomes.get(role, frozenset()):
        return (DecisionFault(kind=FaultKind.ROLE),)
    if draft.outcome is Outcome.APPROVED:
        return tuple(_faults_of_approval(draft.words, standing, now))
    if not draft.codes:
        return (DecisionFault(kind=FaultKind.CODES),)
    faults = [*_faults_of_words(draft.words)]
    if draft.outcome is Outcome.RETURNED:
        faults += _faults_of_return(draft, advised)
    else:
        faults += _faults_of_rejection(draft, standing)
    return tuple(faults)


def final_codes(standing: Standing) -> frozenset[str]:
    """The reasons that may carry a rejection."""
    if standing.last_round:
        return frozenset(Reason)
    by_policy = standing.rules.final_codes if standing.rules else filter(_is_final, Reason)
    final = set(by_policy) - standing.returned
    return frozenset((*final, *(standing.queued if standing.about_binding else ())))


def likely_codes(standing: Standing, outcome: Outcome) -> frozenset[str]:
    """The reasons that a return or a rejection most likely names: who decides may change them.

    What failed, or the only thing in doubt; of these the ones that can carry the outcome, so that
    nobody is asked to mend what is final, or reads of a blurred picture that it ended the matter.
    """
    stand = {found.code for found in standing.open_findings}
    likely = stand if len(stand) == 1 else {*standing.failed}
    if outcome is Outcome.REJECTED:
        return frozenset(likely & final_codes(standing))
    return frozenset(code for code in likely if not _is_final(Reason(code)))


def is_substantive(text: str) -> bool:
    """Whether words say anything; dots and blanks do not."""
    return sum(map(str.isalnum, text)) >= LEAST_NOTE


def _is_final(code: Reason) -> bool:
    """Whether the applicant can do nothing about a reason; a mere note is none."""
    return REASONS[code].severity is not Severity.INFO and not REASONS[code].repairable


def _approval_needs_two(rules: ReviewRules, standing: Standing) -> bool:
    kinship = standing.kinship
    doubts = {*kinship.ambiguities, *kinship.presumed} if kinship else set()
    return (
        standing.product in rules.four_eyes_products
        or bool(rules.four_eyes_doubts & doubts)
        or not standing.proven
        or standing.sure_reading_corrected
        or bool(set(standing.failed) - rules.overruled_by_one)
    )


def _faults_of_approval(
    words: ReviewNote, standing: Standing, now: dt.datetime
) -> Iterator[DecisionFault]:
    if not standing.has_form:
        yield DecisionFault(kind=FaultKind.FORM)
        return
    grounds = {ground.code: ground for ground in words.grounds if is_substantive(ground.seen)}
    if without := tuple(code for code in standing.failed if code not in grounds):
        yield DecisionFault(kind=FaultKind.GROUNDS, codes=without)
    unnamed = tuple(
        code
        for code, ground in grounds.items()
        if ground.kind is GroundKind.REGISTER and not ground.register_name.strip()
    )
    if unnamed:
        yield DecisionFault(kind=FaultKind.REGISTER, codes=unnamed)
    doubted = {f.code for f in standing.open_findings} - set(standing.failed)
    if doubted and not is_substantive(words.note):
        yield DecisionFault(kind=FaultKind.NOTE)
    if standing.asks_for_verification:
        yield from _faults_of_verification(words.verification, standing, now)


def _faults_of_verification(
    verification: ManualVerification | None, standing: Standing, now: dt.datetime
) -> Iterator[DecisionFault]:
    if verification is None or not is_substantive(verification.shown):
        yield DecisionFault(kind=FaultKind.VERIFICATION)
        return
    first = standing.submitted_at
    if verification.at > now or (first is not None and verification.at < first):
        yield DecisionFault(kind=FaultKind.VERIFICATION_TIME)


def _faults_of_words(words: ReviewNote) -> Iterator[DecisionFault]:
    texts = (*words.advice.values(), *words.advice_en.values())
    if any(len(said) > MOST_ADVICE or _NUMBERLIKE.search(said) for said in texts):
        yield DecisionFault(kind=FaultKind.ADVICE)


def _faults_of_return(draft: OpinionDraft, advised: Collection[str]) -> Iterator[DecisionFault]:
    worded = {code for code, said in draft.words.advice.items() if any(map(str.isalnum, said))}
    final = tuple(c for c in draft.codes if _is_final(Reason(c)))
    # Who is told that a reason cannot be mended need not be asked how to mend it.
    silent = tuple(code for code in draft.codes if code not in {*worded, *advised, *final})
    if silent:
        yield DecisionFault(kind=FaultKind.WORDS, codes=silent)
    if final:
        yield DecisionFault(kind=FaultKind.NOT_MENDABLE, codes=final)


def _faults_of_rejection(draft: OpinionDraft, standing: Standing) -> Iterator[DecisionFault]:
    """A rejection rests on at least one final reason; others may be told beside it."""
    if not set(draft.codes) & final_codes(standing):
        yield DecisionFault(kind=FaultKind.MENDABLE, codes=draft.codes)
    if not is_substantive(draft.words.note):
        yield DecisionFault(kind=FaultKind.REJECTION_NOTE)
