"""Put one person's decision into effect."""

from models.audit import Detail, EventTag
from models.decision import Decision, Outcome
from models.errors import IntegrityError
from models.finding import Finding, finding
from models.reason import REASONS, Code
from models.review import ReviewCase
from storage.open import Office
from tasks.stages.note import note
from tasks.stages.outcome import put_into_effect
from tasks.stages.results import decision_key, load_decision


def settle_review(office: Office, review_id: str) -> None:
    """Write the outcome, and the binding where there is one; settling twice changes nothing."""
    review = office.reviews.get(review_id)
    case = office.cases.get(review.round_id)
    key = decision_key(case.round_id, "review")
    if not office.archive.exists(key):
        office.archive.put_record(key, _decision(office, review))
    decision = office.archive.get_record(key, Decision)
    details: dict[str, Detail] = {
        "review_id": review_id,
        "outcome": decision.outcome.value,
        "codes": list(review.decided_codes),
    }
    note(office, case, EventTag.CASE_DECIDED, details, key=review_id, actor=decision.decided_by)
    put_into_effect(office, case, decision)
    office.reviews.settle(review_id)
    note(office, case, EventTag.CASE_SETTLED, {"review_id": review_id}, key=review_id)


def _given(code: str, advice: str) -> Finding:
    """A reason as a person gave it: the catalogue's title, and their own next step if any."""
    worded = finding(Code(code))
    if not advice:
        return worded
    title = f"{REASONS[worded.code].zh}。{advice}"
    return worded.model_copy(update={"message": worded.message.model_copy(update={"zh": title})})


def _decision(office: Office, review: ReviewCase) -> Decision:
    machine = load_decision(office, review.round_id)
    if machine is None or review.outcome is None or review.decided_at is None:
        raise IntegrityError("a decided review lacks its decision; run: kinbind audit verify")
    advice = office.desk.words_of(review.review_id).advice
    given = tuple(_given(code, advice.get(code, "")) for code in review.decided_codes)
    return machine.model_copy(
        update={
            "outcome": review.outcome,
            "decided_at": review.decided_at,
            "decided_by": review.holder or "reviewer",
            # An approval keeps what the machine had found: an auditor sees what was overruled.
            "findings": machine.findings if review.outcome is Outcome.APPROVED else given,
        }
    )
