"""Try out other policies on applications of the past: which outcomes would be others?

Readings, face verdicts and forms come from the archive; nothing is read, compared or written.
Both sides are asked anew, with what is on file today, so that only the policies make a difference.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.cases.case_round import ApplicationRound
from models.checks.reason import Severity
from models.decision.decision import Dossier, Outcome
from models.errors import SettingError
from models.record import Record
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from storage.policy.policies import PolicyRepository
from tasks.checks import check_application, prepare_checks
from tasks.decision.decide import decide
from tasks.rounds.round_context import RoundContext
from tasks.verification.cross_check import with_history


class Flip(Record):
    """All applications that would go from one outcome to another.

    Attributes:
        was: The outcome under the policies in force.
        becomes: The outcome under the other ones.
        applications: Identifiers, in the order in which they came in.
        added: Codes that would be raised and are not now, with how often.
        removed: Codes that are raised now and would not be.
    """

    was: Outcome
    becomes: Outcome
    applications: tuple[str, ...]
    added: dict[str, int]
    removed: dict[str, int]


class Replay(Record):
    """What another set of policies would change.

    Attributes:
        since: The first day of taking in that was looked at.
        replayed: Applications that were asked anew, each only in its latest round.
        unchanged: Of them, those with the same outcome.
        kept: The same, by that outcome.
        skipped: Applications that cannot be asked: no form, or not read yet.
        without_policy: Applications for which the other folder holds no policy.
        flips: The others, the most frequent first.
    """

    since: dt.date
    replayed: int
    unchanged: int
    kept: dict[Outcome, int]
    skipped: int
    without_policy: int
    flips: tuple[Flip, ...]


class _Judged(NamedTuple):
    outcome: Outcome
    codes: frozenset[str]


class _Pair(NamedTuple):
    application_id: str
    now: _Judged
    then: _Judged | None


def replay_policies(repositories: Repositories, other: PolicyRepository, since: dt.date) -> Replay:
    """Ask and decide every application since a day under other policies, and compare.

    Args:
        repositories: Where everything is kept; it is only read.
        other: The policies to try out.
        since: The first day, by the moment of taking in.
    """
    cases = _latest(
        c for c in repositories.cases.rounds() if c.received_at.astimezone().date() >= since
    )
    pairs, skipped = [], 0
    for case in cases:
        dossier = _dossier(repositories, case)
        if dossier is None:
            skipped += 1
            continue
        now = _judged(dossier, repositories.policies)
        if now is None:
            skipped += 1
            continue
        pairs.append(_Pair(case.application_id, now, _judged(dossier, other)))
    asked = [pair for pair in pairs if pair.then is not None]
    kept = Counter(p.now.outcome for p in asked if p.then and p.then.outcome is p.now.outcome)
    flips = tuple(_flips(asked))
    return Replay(
        since=since,
        replayed=len(asked),
        unchanged=kept.total(),
        kept=dict(sorted(kept.items())),
        skipped=skipped,
        without_policy=len(pairs) - len(asked),
        flips=flips,
    )


def _latest(cases: Iterable[ApplicationRound]) -> list[ApplicationRound]:
    """Each application's latest round, in the order in which the applications came in."""
    latest: dict[str, ApplicationRound] = {}
    for case in cases:
        known = latest.get(case.application_id)
        if known is None or known.round < case.round:
            latest[case.application_id] = case
    return list(latest.values())


def _dossier(repositories: Repositories, case: ApplicationRound) -> Dossier | None:
    """What was known, with what is on file today; None for what cannot be asked."""
    context = RoundContext(repositories, case)
    try:
        dossier = context.dossier
    except ObjectMissingError:
        return None
    if dossier is None:
        return None
    divisions = repositories.policies.divisions
    return with_history(context, dossier, prepare_checks(dossier, context.policy, divisions).papers)


def _judged(dossier: Dossier, shelf: PolicyRepository) -> _Judged | None:
    """Outcome and codes under these policies; None where none is in force."""
    form = dossier.application
    try:
        policy = shelf.for_case(form.deciding_region, form.submitted_on, form.product)
    except SettingError:
        return None
    report = check_application(dossier, policy, shelf.divisions)
    decision = decide(dossier, report, policy, decided_at=form.submitted_at)
    weighty = {f.code.value for f in decision.findings if f.severity is not Severity.INFO}
    return _Judged(decision.outcome, frozenset(weighty))


def _flips(pairs: list[_Pair]) -> Iterator[Flip]:
    groups: dict[tuple[Outcome, Outcome], list[tuple[_Pair, _Judged]]] = {}
    for pair in pairs:
        if pair.then is not None and pair.then.outcome is not pair.now.outcome:
            groups.setdefault((pair.now.outcome, pair.then.outcome), []).append((pair, pair.then))
    for (was, becomes), found in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        yield Flip(
            was=was,
            becomes=becomes,
            applications=tuple(pair.application_id for pair, _ in found),
            added=_counted(then.codes - pair.now.codes for pair, then in found),
            removed=_counted(pair.now.codes - then.codes for pair, then in found),
        )


def _counted(codes: Iterable[frozenset[str]]) -> dict[str, int]:
    return dict(sorted(Counter(code for some in codes for code in some).items()))
