"""What the page of a case shows of an objection: what is said, and against which outcome."""

from typing import NamedTuple

from models.cases.case_round import ApplicationRound
from models.decision.decision import Decision, Outcome
from models.intake.application import Application
from storage.bootstrap import Repositories
from tasks.intake.objections import is_late
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision


class ObjectionView(NamedTuple):
    """An objection.

    Attributes:
        to_round: The round whose outcome is disputed.
        text: What the applicant says; personal.
        outcome: The disputed outcome; None where there is none of that round.
        codes: Its reasons.
        late: It came after the days that the policy gives.
    """

    to_round: int
    text: str
    outcome: Outcome | None
    codes: tuple[str, ...]
    late: bool


def objection_view(
    repositories: Repositories, round_: ApplicationRound, application: Application | None
) -> ObjectionView | None:
    """The objection of a round, which its form states; None where it is none."""
    if application is None or application.objection is None:
        return None
    number = application.objection.to_round
    rounds = repositories.cases.find(round_.application_id)
    disputed = next((r for r in rounds if r.round == number and r.round < round_.round), None)
    if disputed is None:
        return ObjectionView(number, application.objection.text, None, (), late=False)
    decision: Decision | None = load_decision(repositories, disputed.round_id)
    return ObjectionView(
        to_round=number,
        text=application.objection.text,
        outcome=disputed.outcome,
        codes=tuple(sorted({f.code.value for f in decision.findings})) if decision else (),
        late=is_late(RoundContext(repositories, disputed).policy_or_none, disputed, round_),
    )
