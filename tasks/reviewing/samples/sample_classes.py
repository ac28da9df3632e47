"""The sorts of approvals of which a policy may have another share looked at blind."""

from collections.abc import Iterator

from models.decision.decision import Decision
from models.decision.proof_class import ProofClass
from models.intake.application import BindingMethod, IdentityRoute
from models.policy.review_rules import SampleClass
from models.reading.document import DocumentKind, Readings
from storage.objects.store import ObjectMissingError
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision

_BOOK = "hukou"


def sample_classes(context: RoundContext) -> frozenset[SampleClass]:
    """The sorts to which an approved round belongs; none for a form that is deleted."""
    return frozenset(_classes(context))


def _classes(context: RoundContext) -> Iterator[SampleClass]:
    form = context.arrival.application
    if form is None:
        return
    if form.identity_route is IdentityRoute.REMOTE_AUTHORIZATION:
        yield SampleClass.REMOTE_AUTHORIZATION
    if form.binding_method is BindingMethod.BIRTH_CERTIFICATE:
        yield SampleClass.BIRTH_CERTIFICATE
    decision = load_decision(context.repositories, context.round.round_id)
    if decision is not None and decision.proof_class not in {None, ProofClass.PERSON}:
        yield SampleClass(f"proven_by_{decision.proof_class}")
    if _rests_on_unnumbered_pages(context, decision):
        yield SampleClass.UNNUMBERED_PAGES


def _rests_on_unnumbered_pages(context: RoundContext, decision: Decision | None) -> bool:
    try:
        readings = context.readings
    except ObjectMissingError:
        return False
    return _proven_by_the_book(decision) and _prints_no_number(readings)


def _proven_by_the_book(decision: Decision | None) -> bool:
    return decision is not None and bool(
        decision.relationship and _BOOK in decision.relationship.proof
    )


def _prints_no_number(readings: Readings) -> bool:
    return any(
        paper.kind is DocumentKind.HUKOU_MEMBER and paper.value("household_number") is None
        for paper in readings.papers
    )
