"""Put one person's decision into effect."""

from models.audit import Detail, EventTag
from models.decision import Decision, Outcome
from models.errors import IntegrityError
from models.finding import finding
from models.reason import Code
from models.review import ReviewCase
from storage.open import Office
from tasks.stages.decide import with_answer_day
from tasks.stages.note import note
from tasks.stages.outcome import put_into_effect
from tasks.stages.results import decision_key, load_decision


def settle_review(office: Office, review_id: str) -> None:
    """Write the outcome, and the binding where there is one; settling twice changes nothing."""
    review = office.reviews.get(review_id)
    case = office.cases.get(review.round_id)
    key = decision_key(case.round_id, "review" if review.turn == 1 else f"review-{review.turn}")
    if not office.archive.exists(key):
        decision = with_answer_day(office, case, _decision(office, review))
        office.archive.put_record(key, decision)
    decision = office.archive.get_record(key, Decision)
    details: dict[str, Detail] = {
        "review_id": review_id,
        "outcome": decision.outcome.value,
        "codes": list(review.decided_codes),
    }
    once = review_id if review.turn == 1 else f"{review_id}:{review.turn}"
    note(office, case, EventTag.CASE_DECIDED, details, key=once, actor=decision.decided_by)
    put_into_effect(office, case, decision)
    office.reviews.settle(review_id)
    note(office, case, EventTag.CASE_SETTLED, {"review_id": review_id}, key=once)


def _decision(office: Office, review: ReviewCase) -> Decision:
    machine = load_decision(office, review.round_id)
    if machine is None or review.outcome is None or review.decided_at is None:
        raise IntegrityError("a decided review lacks its decision; run: kinbind audit verify")
    given = tuple(finding(Code(code)) for code in review.decided_codes)
    return machine.model_copy(
        update={
            "outcome": review.outcome,
            "decided_at": review.decided_at,
            "decided_by": review.holder or "reviewer",
            "answer_by": None,
            # An approval keeps what the machine had found: an auditor sees what was overruled.
            "findings": machine.findings if review.outcome is Outcome.APPROVED else given,
        }
    )
