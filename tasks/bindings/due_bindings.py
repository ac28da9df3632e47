"""What about a binding falls due: a minor who grew up, a consent taken back, a paper that ended.

What is known about the two persons is sealed; each night it is opened and the days are computed
anew, so that no birth date is in any table.
"""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound
from models.checks.reason import Reason
from models.clock import CHINA
from models.identity.id_number import valid_id_number
from models.intake.application import ConsentKind, PersonRole
from models.policy.measures import Again
from models.policy.policy import Policy
from models.policy.rule_group import AgeGroup
from models.reading.document import DocumentKind
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.identity.assign_documents import AssignedDocuments, sort_papers
from tasks.identity.identities import date_or_none
from tasks.rounds.round_context import RoundContext
from tasks.rounds.withdrawals import load_withdrawals

REVERIFIED_WITHIN: Final = dt.timedelta(days=30)
"""A month: what changes without a day of its own, a policy for one, is noticed by then."""
_STANDS_ON: Final = MappingProxyType(
    {
        ConsentKind.NOTICE: Reason.NOTICE_NOT_AGREED,
        ConsentKind.COMMITMENT: Reason.COMMITMENT_MISSING,
        ConsentKind.GUARDIAN: Reason.CONFIRMATION_MISSING,
        ConsentKind.SPOUSE: Reason.CONFIRMATION_MISSING,
    }
)


class DueBinding(NamedTuple):
    """Something about a binding that is no longer as it was when it was written.

    Attributes:
        subject: Names the review about it.
        code: What a person is told.
        on: Since when.
        action: What the policy says.
    """

    subject: str
    code: Reason
    on: dt.date
    action: Again


def due_within_month(
    repositories: Repositories, case: ApplicationRound, state: BindingState, today: dt.date
) -> tuple[DueBinding, ...]:
    """Everything about a binding that the policy wants looked at by now or within the month."""
    policy = RoundContext(repositories, case).policy_or_none
    if policy is None:
        return ()
    reasons = [
        _grown_up(repositories, state, policy, today),
        *_withdrawn(repositories, case, policy),
        *_ended_papers(repositories, case, policy),
    ]
    return tuple(
        due
        for due in reasons
        if due is not None and due.on <= today + REVERIFIED_WITHIN and due.action != "keep"
    )


def _grown_up(
    repositories: Repositories, state: BindingState, policy: Policy, today: dt.date
) -> DueBinding | None:
    """A member who was a minor on the first day, and is none today or at the end of the month.

    Somebody whose birth date no paper surely told was born on the first day of the binding at the
    latest, so that growing up is noticed late rather than never.
    """
    names = repositories.bindings.names(repositories.bindings.get(state.binding_id))
    number = valid_id_number(names.member_number, today=today)
    stated = number.birth_date if number else names.member_birth_date
    ages, born = policy.ages, stated or state.effective_date
    if ages.group(born, state.effective_date) is not AgeGroup.MINOR:
        return None
    looks = (today, today + REVERIFIED_WITHIN)
    grown = next((day for day in looks if ages.group(born, day) is AgeGroup.ADULT), None)
    if grown is None:
        return None
    # Consent for the face, or another way, is what an adult's will is shown by.
    return DueBinding(
        "turned_adult", Reason.FACE_CONSENT_MISSING, grown, policy.reverify.turned_adult
    )


def _withdrawn(
    repositories: Repositories, case: ApplicationRound, policy: Policy
) -> Iterator[DueBinding]:
    """Consents on which the binding stands and that were taken back.

    That a face is no longer to be compared leaves a binding as it is: it was compared lawfully.
    """
    for withdrawal in load_withdrawals(repositories.archive, case.round_id):
        if code := _STANDS_ON.get(withdrawal.kind):
            yield DueBinding(
                "consent_withdrawn",
                code,
                withdrawal.withdrawn_at.astimezone(CHINA).date(),
                policy.reverify.consent_withdrawn,
            )


def _ended_papers(
    repositories: Repositories, case: ApplicationRound, policy: Policy
) -> Iterator[DueBinding]:
    """The member's papers that end; none where retention has deleted the readings."""
    try:
        dossier = RoundContext(repositories, case).dossier
    except ObjectMissingError:
        return
    if dossier is None:
        return
    papers = sort_papers(dossier, policy.reading)
    card = _latest(papers, DocumentKind.ID_CARD_EMBLEM, "valid_until", policy)
    if card is not None:
        after = card + dt.timedelta(days=1)
        yield DueBinding("card_ended", Reason.ID_CARD_EXPIRED, after, policy.reverify.card_ended)
    issued = _latest(papers, DocumentKind.INCAPACITY_CERTIFICATE, "issue_date", policy)
    if issued is not None and dossier.application.member.incapacitated:
        after = issued + dt.timedelta(days=policy.validity.incapacity_days + 1)
        yield DueBinding(
            "incapacity_ended",
            Reason.INCAPACITY_CERTIFICATE_MISSING,
            after,
            policy.reverify.incapacity_ended,
        )


def _latest(
    papers: AssignedDocuments, kind: DocumentKind, field: str, policy: Policy
) -> dt.date | None:
    """The latest surely read date on the member's papers of a kind."""
    days = [
        date_or_none(paper.reading.value(field))
        for paper in papers.of(kind, PersonRole.MEMBER)
        if policy.reading.trusts(field, paper.reading.fields.get(field))
    ]
    return max((day for day in days if day is not None), default=None)
