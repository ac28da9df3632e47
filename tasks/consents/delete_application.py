"""Erasure: delete an application because its people ask, with the proof in the audit log."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from storage.bootstrap import Repositories
from tasks.consents.withdraw_consent import standing_binding
from tasks.rounds.round_events import record_event
from tasks.upkeep.purge_expired import delete_class


class DeletionRefusal(StrEnum):
    """Why nothing was deleted."""

    UNKNOWN = "unknown"
    UNDECIDED = "undecided"
    BOUND = "bound"

    @property
    def zh(self) -> str:
        """The reason and the next step, in Chinese."""
        return {
            "unknown": "没有这份申请，请核对编号。",
            "undecided": "申请尚未办结，请在办结后再删除；要停止使用个人信息，请先撤回同意。",
            "bound": "绑定仍然有效，依法须保存依据；请先解除绑定再删除。",
        }[self.value]

    @property
    def en(self) -> str:
        """The same in English."""
        return {
            "unknown": "There is no such application; check the identifier.",
            "undecided": "It is not decided yet; withdraw the consent, ask again once it is.",
            "bound": "Its binding is in force and its grounds must be kept: unbind first.",
        }[self.value]


class DeletionResult(NamedTuple):
    """What became of a request.

    Attributes:
        refused: Why nothing was deleted; None where all is gone.
        classes: How many classes of how many rounds were deleted now; 0 where all was gone before.
        proof: Hash of the audit event that says so last; empty where refused.
    """

    refused: DeletionRefusal | None
    classes: int = 0
    proof: str = ""


def delete_application(
    repositories: Repositories,
    application_id: str,
    *,
    asked_by: PersonRole,
    actor: str,
    now: dt.datetime,
) -> DeletionResult:
    """Delete pictures, readings, form and decisions of every round; again deletes nothing.

    What remains is the audit log, which holds identifiers, codes and digests only.

    Args:
        repositories: Where everything is kept.
        application_id: As handed in.
        asked_by: Whose request it is.
        actor: Who took it: a member of staff, or a client's program.
        now: The moment of the request.
    """
    rounds = repositories.cases.find(application_id)
    refused = _refusal(repositories, rounds)
    if refused is not None:
        return DeletionResult(refused)
    last = rounds[-1]
    details: dict[str, Detail] = {"asked_by": asked_by.value}
    record_event(repositories, last, EventTag.DELETION_REQUESTED, details, actor=actor)
    classes = 0
    for round_ in rounds:
        for what in RetentionClass:
            if not round_.deleted(what):
                delete_class(repositories, round_, what, now, actor=actor)
                classes += 1
    return DeletionResult(None, classes, repositories.audit.head(last.application_id))


def _refusal(
    repositories: Repositories, rounds: tuple[ApplicationRound, ...]
) -> DeletionRefusal | None:
    if not rounds:
        return DeletionRefusal.UNKNOWN
    if rounds[-1].outcome in {None, Outcome.IN_REVIEW}:
        return DeletionRefusal.UNDECIDED
    if standing_binding(repositories, rounds) is not None:
        return DeletionRefusal.BOUND
    return None
