"""Put a share of what the machine approved, and of what people decided, before (other) people.

They are not told so, and nothing follows for the applicant from what they say.
"""

import datetime as dt
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.errors import SettingError
from models.intake.application import Product
from models.policy.review_rules import ReviewRules, SampleClass
from models.reviews.review import ReviewCase
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reviewing.samples.planted_doubt import PLANTED, PlantedDoubt, choose_doubt
from tasks.reviewing.samples.sample_classes import sample_classes
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.row_digests import review_rows, rows_detail
from tasks.rounds.terms import end_of, full_term

_SCALE: Final = 1 << 32
_MACHINE: Final = "machine"
_OVERLAP: Final = dt.timedelta(minutes=15)
"""An outcome is stored within seconds of its time; clocks of machines differ by less than this."""
_BACK: Final = dt.timedelta(days=2)
"""Once a day as far back: outcomes that a killed run had decided and a later one stored, and what
a changed mark in the table would have left out."""


class SampleCounts(NamedTuple):
    """How many cases were put before people."""

    approvals: int
    second_looks: int


def draw_samples(repositories: Repositories, now: dt.datetime) -> SampleCounts:
    """Draw from what was decided since the last time; again draws the same ones."""
    last = repositories.samples.drawn_until()
    since = _since(last, now)
    drawn = SampleCounts(
        approvals=draw_sample(repositories, since=since),
        second_looks=draw_second_looks(repositories, since=since),
    )
    repositories.samples.note_drawn(now)
    return drawn


def _since(last: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if last is None:
        return now - _BACK
    is_first_of_day = last.astimezone(CHINA).date() != now.astimezone(CHINA).date()
    return min(last, now) - (_BACK if is_first_of_day else _OVERLAP)


def draw_sample(repositories: Repositories, *, since: dt.datetime) -> int:
    """Open a review for each drawn approval; which ones is settled by a keyed hash, not by luck.

    Nobody without the key can tell beforehand whether an application will be looked at, and
    drawing again gives the same ones.

    Args:
        repositories: Where everything is kept.
        since: Only approvals decided after this moment.

    Returns:
        How many were put before people now.
    """
    recent = repositories.search.decided(Outcome.APPROVED, since)
    return sum(open_sample(repositories, case) for case in recent if _drawn(repositories, case))


def draw_second_looks(repositories: Repositories, *, since: dt.datetime) -> int:
    """The same for what people decided: another person looks at the case as it lay.

    Args:
        repositories: Where everything is kept.
        since: Only decisions after this moment.

    Returns:
        How many were put before a second person now.
    """
    opened = 0
    for review_id in repositories.samples.decided_by_people(since):
        decided = repositories.reviews.get(review_id)
        rules = _rules(repositories, repositories.cases.get(decided.round_id))
        if rules and _lot(repositories, "second-look-lot", review_id) < rules.second_look_share:
            opened += _open_second_look(repositories, decided)
    return opened


def _drawn(repositories: Repositories, case: ApplicationRound) -> bool:
    if case.decided_by != _MACHINE:
        return False
    rules = _rules(repositories, case)
    if rules is None:
        return False
    lot = _lot(repositories, "sample-lot", case.round_id)
    # Most are out whatever their sort, which takes opening their papers to tell.
    return lot < rules.share_of(tuple(SampleClass)) and lot < rules.share_of(
        _classes(repositories, case)
    )


def _classes(repositories: Repositories, case: ApplicationRound) -> frozenset[SampleClass]:
    try:
        return sample_classes(RoundContext(repositories, case))
    except ObjectMissingError:  # retention has deleted the form
        return frozenset()


def _rules(repositories: Repositories, case: ApplicationRound) -> ReviewRules | None:
    """The policy's; None for a round whose form cannot be judged, or where none is in force."""
    if case.region is None or case.submitted_at is None:
        return None
    product = Product(case.product) if case.product else None
    day = case.submitted_at.astimezone(CHINA).date()
    try:
        return repositories.policies.for_case(case.region, day, product).review
    except SettingError:
        return None


def _lot(repositories: Repositories, purpose: str, name: str) -> float:
    """0 to 1, always the same for the same name, and known to nobody without the key."""
    return int(repositories.keyring.fingerprint(purpose, name)[:8], 16) / _SCALE


def open_sample(repositories: Repositories, case: ApplicationRound) -> bool:
    """Put an approval before people; False where the round is in the queue or was.

    Raises:
        SettingError: No policy is in force there and then.
    """
    context = RoundContext(repositories, case)
    now, end = _term(context)
    doubt = _doubt(context)
    codes = (Reason.FIELD_UNREADABLE.value,) if doubt else ()
    with repositories.unit_of_work():
        review_id = repositories.samples.open(case.round_id, codes, opened_at=now, due_at=end)
        if review_id is None:
            return False
        details: dict[str, Detail] = {"review_id": review_id}
        if doubt:
            details[PLANTED] = str(doubt)
        details |= rows_detail(review_rows(repositories, review_id))
        record_event(repositories, case, EventTag.CASE_SAMPLED, details)
    return True


def _doubt(context: RoundContext) -> PlantedDoubt | None:
    try:
        return choose_doubt(context)
    except ObjectMissingError:  # retention has deleted its papers
        return None


def _open_second_look(repositories: Repositories, decided: ReviewCase) -> bool:
    case = repositories.cases.get(decided.round_id)
    now, end = _term(RoundContext(repositories, case))
    with repositories.unit_of_work():
        review_id = repositories.samples.open_second_look(decided, opened_at=now, due_at=end)
        if review_id is None:
            return False
        details: dict[str, Detail] = {"review_id": review_id, "of": decided.review_id}
        details |= rows_detail(review_rows(repositories, review_id))
        record_event(repositories, case, EventTag.CASE_SAMPLED, details, key=review_id)
    return True


def _term(context: RoundContext) -> tuple[dt.datetime, dt.datetime]:
    """Now, and the end of the term that a case taken in now would have."""
    now = dt.datetime.now(dt.UTC)
    return now, end_of(full_term(context, now).day)
