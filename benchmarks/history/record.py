"""Ask the real checks about every case of a history, decide, and keep it as the office would.

People's work is simulated: who decided what, when, and how often they disagree with each other or
with the machine. Match keys, objects and audit events are left out, since no table tells of them.
"""

import datetime as dt
import functools
import heapq
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from sqlalchemy import insert

from models.checks.reason import Severity
from models.decision.decision import Decision, Dossier, Outcome
from models.decision.proof_class import ProofClass
from models.intake.application import Product
from models.policy.policy import Policy
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewKind
from specimens.dice import Dice
from specimens.history.simulate import SimulatedCase
from storage.bootstrap import Repositories
from storage.database.tables.reviews import NO_WORDS, CorrectionRow, OpinionRow, ReviewRow
from storage.database.transactions import writing
from tasks.checks import check_application
from tasks.decision.decide import decide
from tasks.reports.round_figures import figures_of

_IN_ONE_TRANSACTION: Final = 500
_STAFF: Final = ("lin", "wang", "zhao", "chen", "sun")
_HONEST_REFUSED: Final = 0.04
"""Of honest cases before people, the share that they do not approve."""
_TERM: Final = dt.timedelta(days=3)


class _Office(NamedTuple):
    """Where a history is kept, and how its people work.

    Attributes:
        policy_of: Place, month and product to the policy of the month's first day: to resolve it
            anew each day costs more than all checks.
        sample_share: Of the machine's approvals, the share that people look at.
    """

    repositories: Repositories
    policy_of: Callable[[str, dt.date, Product | None], Policy]
    sample_share: float


class _Waiting(NamedTuple):
    """A round that is still to come in; sorts by its moment."""

    received_at: dt.datetime
    number: int
    round: int
    case: SimulatedCase


def record_history(
    repositories: Repositories,
    cases: Iterable[SimulatedCase],
    *,
    seed: int,
    sample_share: float = 0.1,
) -> int:
    """Decide and keep every case and the answers to returns, in the order of time.

    Args:
        repositories: An office of its own.
        cases: First rounds, in the order of time.
        seed: Of people's work.
        sample_share: Of the machine's approvals, the share that people look at.

    Returns:
        How many rounds were kept.
    """
    kept = 0
    policy_of = functools.cache(lambda *asked: repositories.policies.for_case(*asked))
    office = _Office(repositories, policy_of, sample_share)
    rounds = _in_order(office, cases, Dice(seed, "people"))
    while True:
        with repositories.unit_of_work():
            done = sum(1 for _, _ in zip(range(_IN_ONE_TRANSACTION), rounds, strict=False))
        kept += done
        if done < _IN_ONE_TRANSACTION:
            return kept


def _in_order(office: _Office, cases: Iterable[SimulatedCase], dice: Dice) -> Iterator[None]:
    waiting: list[_Waiting] = []
    for number, case in enumerate(cases):
        heapq.heappush(waiting, _Waiting(case.received_at, number, 1, case))
        while waiting and waiting[0].received_at <= case.received_at:
            _one(office, waiting, dice)
            yield
    while waiting:
        _one(office, waiting, dice)
        yield


def _one(office: _Office, waiting: list[_Waiting], dice: Dice) -> None:
    _, number, round_, case = heapq.heappop(waiting)
    mine = dice.fork(f"{number}-{round_}")
    outcome = _decide(office, case, mine)
    if outcome is Outcome.RETURNED and round_ < 3 and mine.chance(0.8):
        later = case.answered(mine)
        heapq.heappush(waiting, _Waiting(later.received_at, number, round_ + 1, later))


def _decide(office: _Office, case: SimulatedCase, dice: Dice) -> Outcome:
    form, repositories = case.dossier.application, office.repositories
    policy = office.policy_of(form.deciding_region, form.submitted_on.replace(day=1), form.product)
    dossier = _under(policy, case.dossier)
    report = check_application(dossier, policy, repositories.policies.divisions)
    round_ = repositories.cases.register(
        form.application_id,
        f"{form.application_id}:{form.submitted_at.isoformat()}",
        batch_id=f"history-{case.received_at:%Y%m%d}",
        received_at=case.received_at,
        region=form.region,
        product=form.product,
        channel=form.channel,
        submitted_at=form.submitted_at,
    ).round
    decided_at = case.received_at + dt.timedelta(minutes=2 + dice.whole(0, 20))
    decision = decide(dossier, report, policy, decided_at=decided_at, round_number=round_.round)
    repositories.cases.record_documents(round_.round_id, dossier.readings)
    kinds = {one.file: one.kind for one in dossier.readings}
    figures = figures_of(dossier, report, policy, decision)
    repositories.cases.decide(round_.round_id, decision, kinds=kinds, figures=figures)
    if decision.outcome is Outcome.IN_REVIEW:
        return _review(repositories, round_.round_id, decision, case, dice)
    if decision.outcome is Outcome.APPROVED and dice.chance(office.sample_share):
        said = Outcome.APPROVED if case.honest else Outcome.REJECTED
        _keep_review(repositories, round_.round_id, decision, _Said(ReviewKind.SAMPLE, said), dice)
    return decision.outcome


def _under(policy: Policy, dossier: Dossier) -> Dossier:
    """The dossier with a face verdict by the thresholds in force."""
    if dossier.face is None:
        return dossier
    verdict = dossier.face.model_copy(update={"thresholds": policy.face.thresholds.version})
    return dossier.model_copy(update={"face": verdict})


class _Said(NamedTuple):
    kind: ReviewKind
    outcome: Outcome


def _review(
    repositories: Repositories, round_id: str, decision: Decision, case: SimulatedCase, dice: Dice
) -> Outcome:
    fair = case.honest and not dice.chance(_HONEST_REFUSED)
    outcome = (
        Outcome.APPROVED if fair else dice.weighted({Outcome.RETURNED: 2.0, Outcome.REJECTED: 1.0})
    )
    at, who = _keep_review(repositories, round_id, decision, _Said(ReviewKind.DOUBT, outcome), dice)
    if dice.chance(0.3) and case.dossier.readings:
        _correct(repositories, round_id, case, at, who, dice)
    proof = ProofClass.PERSON if outcome is Outcome.APPROVED else None
    change = {"outcome": outcome, "decided_at": at, "decided_by": who, "proof_class": proof}
    repositories.cases.decide(round_id, decision.model_copy(update=change))
    return outcome


def _keep_review(
    repositories: Repositories, round_id: str, decision: Decision, said: _Said, dice: Dice
) -> tuple[dt.datetime, str]:
    codes = sorted({f.code.value for f in decision.findings if f.severity is not Severity.INFO})
    opened = decision.decided_at
    at = opened + dt.timedelta(hours=abs(dice.sway(20)) + 0.2)
    people = dice.some(_STAFF, 2)
    review_id = f"{dice.whole(0, (1 << 63) - 1):032x}"
    row = {
        "review_id": review_id,
        "round_id": round_id,
        "application_id": decision.application_id,
        "state": ReviewState.SETTLED,
        "codes": json.dumps(codes),
        "opened_at": opened,
        "due_at": opened + _TERM,
        "decided_at": at,
        "settled_at": at,
        "holder": people[0],
        "outcome": said.outcome,
        "kind": said.kind,
        "decided_codes": json.dumps(codes if said.outcome is not Outcome.APPROVED else []),
    }
    opinions = [
        {
            "review_id": review_id,
            "ordinal": ordinal,
            "staff": staff,
            "outcome": said.outcome if ordinal == 1 or dice.chance(0.9) else Outcome.RETURNED,
            "codes": "[]",
            "words": NO_WORDS,
            "given_at": at,
            "binding": ordinal == 1,
        }
        for ordinal, staff in enumerate(people[: 2 if dice.chance(0.2) else 1], start=1)
    ]
    with writing(repositories.engine) as connection:
        connection.execute(insert(ReviewRow).values(row))
        connection.execute(insert(OpinionRow), opinions)
    return at, people[0]


def _correct(
    repositories: Repositories,
    round_id: str,
    case: SimulatedCase,
    at: dt.datetime,
    who: str,
    dice: Dice,
) -> None:
    papers = [(i, p) for i, p in enumerate(case.dossier.readings) if p.fields]
    if not papers:
        return
    place, hit = dice.pick(papers)
    worst = min(hit.fields, key=lambda name: hit.fields[name].confidence)
    row = {"round_id": round_id, "paper": place, "field": worst, "value": b"", "staff": who}
    with writing(repositories.engine) as connection:
        connection.execute(insert(CorrectionRow).values(**row, made_at=at))
