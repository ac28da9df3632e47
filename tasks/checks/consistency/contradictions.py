"""Whether anything that was read, however weakly, speaks against what the sure papers prove.

An unsure reading proves nothing. It may still be right, and then another paper is wrong or
forged; so what would undo the proof if it were taken as read is put before a person.
"""

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.kinship.claim import KinshipAnswer
from models.policy.measures import ReadingRules
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, seen
from tasks.kinship.collect_claims import build_claims
from tasks.kinship.proof.derive import derive_kinship


@check
def no_weaker_reading_contradicts(case: CheckContext) -> Answer:
    """What was read less surely leaves the proof as it is."""
    if case.kinship is None or not case.proven:
        return PASS
    rules = _as_witness(case.policy.reading)
    claims = build_claims(case.papers, case.people, rules)
    verdict = derive_kinship(
        claims,
        case.kinship.claimed,
        min_confidence=rules.confidence.number,
        set_aside=case.policy.kinship.set_aside,
    )
    if verdict.answer is KinshipAnswer.PROVEN:
        return PASS
    against = set(verdict.documents) - set(case.kinship.documents)
    return answer(
        [
            finding(
                Reason.RELATIONSHIP_NOT_DETERMINED,
                *(seen(paper) for paper in case.papers.all if paper.reading.place in against),
                verdict=CheckVerdict.CANNOT_TELL,
                zh="另有一份材料未能读清，其内容可能与此关系不符",
                en="another paper, not read surely, may say something else",
            )
        ]
    )


def _as_witness(rules: ReadingRules) -> ReadingRules:
    """The rules under which every reading that is a witness at all is taken as read."""
    least = rules.confidence.name_beside_number
    names = ("name", "number", "date", "relation_word", "other")
    lowered = {name: min(least, getattr(rules.confidence, name)) for name in names}
    return rules.model_copy(update={"confidence": rules.confidence.model_copy(update=lowered)})
