"""Consents that were taken back, beside the forms that gave them: a form itself never changes."""

from models.cases.case_round import ApplicationRound
from models.intake.application import ConsentGiver, ConsentKind
from models.intake.arrival import Arrival
from models.intake.withdrawal import ConsentWithdrawal, with_withdrawals
from storage.bootstrap import Repositories
from storage.objects.archive import Archive


def withdrawals_prefix(round_id: str) -> str:
    """Under which everything lies that was taken back of a round."""
    return f"withdrawals/{round_id}/"


def keep_withdrawal(archive: Archive, round_id: str, withdrawal: ConsentWithdrawal) -> bool:
    """Keep one beside a round, once for each kind and giver; whether it is new."""
    key = _key(round_id, withdrawal.kind, withdrawal.by)
    if archive.exists(key):
        return False
    archive.put_record(key, withdrawal)
    return True


def load_withdrawals(archive: Archive, round_id: str) -> tuple[ConsentWithdrawal, ...]:
    """Everything that was taken back of a round."""
    keys = sorted(archive.store.keys(withdrawals_prefix(round_id)))
    return tuple(archive.get_record(key, ConsentWithdrawal) for key in keys)


def arrival_in_force(archive: Archive, round_id: str, arrival: Arrival) -> Arrival:
    """What intake kept, with the consents that still hold."""
    withdrawals = load_withdrawals(archive, round_id)
    if arrival.application is None or not withdrawals:
        return arrival
    application = with_withdrawals(arrival.application, withdrawals)
    return arrival.model_copy(update={"application": application})


def carry_withdrawals(repositories: Repositories, round_: ApplicationRound) -> None:
    """What was taken back stays so in a later round, unless it is given anew there."""
    if round_.round == 1:
        return
    for earlier in repositories.cases.find(round_.application_id):
        if earlier.round < round_.round:
            for withdrawal in load_withdrawals(repositories.archive, earlier.round_id):
                keep_withdrawal(repositories.archive, round_.round_id, withdrawal)


def _key(round_id: str, kind: ConsentKind, by: ConsentGiver | None) -> str:
    return f"{withdrawals_prefix(round_id)}{kind.value}-{by.value if by else 'all'}"
