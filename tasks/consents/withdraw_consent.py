"""Take a consent back: it no longer counts, and what rested on it alone is deleted at once."""

import datetime as dt
from typing import NamedTuple

from models.audit.event import Detail, EventTag
from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound
from models.intake.application import ConsentGiver, ConsentKind
from models.intake.withdrawal import ConsentWithdrawal
from storage.bootstrap import Repositories
from tasks.bindings.reverify_bindings import reverify_binding
from tasks.consents.delete_faces import delete_faces
from tasks.rounds.round_events import record_event
from tasks.rounds.withdrawals import keep_withdrawal


class WithdrawalResult(NamedTuple):
    """What became of a withdrawal.

    Attributes:
        rounds: For how many rounds it was kept now; 0 where it was kept before.
        faces_deleted: Cut-out faces, selfies and prints that are gone.
        binding: The state of the application's binding afterwards; None where none is in force.
    """

    rounds: int
    faces_deleted: int
    binding: str | None


def withdraw_consent(
    repositories: Repositories,
    application_id: str,
    kind: ConsentKind,
    *,
    by: ConsentGiver | None,
    actor: str,
    now: dt.datetime,
) -> WithdrawalResult | None:
    """Record that somebody takes a consent back, and do what follows; again changes nothing.

    An application that is not decided yet is judged without the consent. A binding that stands on
    it is treated as the policy says (`reverify.consent_withdrawn`). With the consent to faces go
    every face that was cut out, the selfies and the prints; what was compared before stays valid.

    Args:
        repositories: Where everything is kept.
        application_id: As handed in.
        kind: What had been agreed to.
        by: Whose consent it was; None: everybody's of this kind.
        actor: Who took the request: a member of staff, or a client's program.
        now: The moment of the request.

    Returns:
        None where there is no such application.
    """
    rounds = repositories.cases.find(application_id)
    if not rounds:
        return None
    withdrawal = ConsentWithdrawal(kind=kind, by=by, withdrawn_at=now)
    new = [r for r in rounds if keep_withdrawal(repositories.archive, r.round_id, withdrawal)]
    for round_ in rounds:
        _record(repositories, round_, withdrawal, actor)
    faces = delete_faces(repositories, rounds, actor) if kind is ConsentKind.FACE else 0
    return WithdrawalResult(len(new), faces, _bindings(repositories, rounds, now))


def _record(
    repositories: Repositories,
    round_: ApplicationRound,
    withdrawal: ConsentWithdrawal,
    actor: str,
) -> None:
    by = withdrawal.by.value if withdrawal.by else "all"
    details: dict[str, Detail] = {"kind": withdrawal.kind.value, "by": by}
    key = f"{withdrawal.kind.value}:{by}"
    record_event(repositories, round_, EventTag.CONSENT_WITHDRAWN, details, key=key, actor=actor)


def _bindings(
    repositories: Repositories, rounds: tuple[ApplicationRound, ...], now: dt.datetime
) -> str | None:
    """Have the application's binding verified again at once; its state afterwards."""
    state = standing_binding(repositories, rounds)
    if state is None:
        return None
    reverify_binding(repositories, state, now)
    after = repositories.bindings.state(state.binding_id)
    return after.status if after else None


def standing_binding(
    repositories: Repositories, rounds: tuple[ApplicationRound, ...]
) -> BindingState | None:
    """The binding of these rounds that is in force, resting ones included."""
    return repositories.bindings.not_ended_of([round_.round_id for round_ in rounds])
