"""Which papers the decision rests on, and whether each was read well enough to carry it."""

import re
from typing import Final

from models.checks.finding import CheckVerdict
from models.identity.id_number import full_id_number, valid_id_number
from models.intake.application import BindingMethod, PersonRole
from models.reading.document import DocumentKind
from tasks.checks.check_context import CheckContext
from tasks.checks.documents.completeness import (
    RELATION_PAPERS,
    asked_for,
    required_papers_are_there,
    rests_on_book,
)
from tasks.identity.assign_documents import AssignedDocument

_CERTIFICATE_NUMBER: Final = re.compile(r"^([A-Z]\d{9}|\d{6,10})$")


def is_needed(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether the decision rests on this paper.

    A paper of nobody that can be named may be the one that is missing, so it counts until
    everything else is complete and the relation is proven.
    """
    if case.kinship and paper.reading.place in case.kinship.documents:
        return True
    if paper.kind is DocumentKind.HUKOU_COVER:
        return rests_on_book(case)
    if paper.meant_for is None:
        return not paper.sure and not _complete(case)
    if paper.kind in RELATION_PAPERS and not case.proven:
        return True
    return (paper.kind, paper.meant_for) in asked_for(case)


def _complete(case: CheckContext) -> bool:
    return case.proven and required_papers_are_there(case).verdict is CheckVerdict.PASSED


def unread_fields(case: CheckContext, paper: AssignedDocument) -> tuple[str, ...]:
    """The needed fields of a paper that were not read surely enough to decide anything.

    On a paper whose kind is itself a guess, that is every one of them.
    """
    needed = case.policy.reading.needed.get(paper.kind, ())
    if paper.reading.kind_confidence < case.policy.reading.confidence.kind:
        return needed
    return tuple(name for name in needed if _counts(case, name) and not _is_read(case, paper, name))


def _counts(case: CheckContext, name: str) -> bool:
    """A certificate's own number decides something only where the member is bound by it.

    It has no check digit, so a reading is seldom sure; parents and child are told by the rest.
    """
    by_certificate = case.application.binding_method is BindingMethod.BIRTH_CERTIFICATE
    return name != "certificate_number" or by_certificate


def _is_read(case: CheckContext, paper: AssignedDocument, name: str) -> bool:
    if name == "valid_until" and case.policy.reading.trusts_long_term(
        paper.reading.fields.get(name)
    ):
        return True
    value = case.trusted(paper, name)
    if value is None:
        return False
    if name == "id_number":
        return valid_id_number(full_id_number(value), today=case.on) is not None
    if name == "certificate_number":
        return _CERTIFICATE_NUMBER.match(value) is not None
    return True


def superseded(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether another picture of the same paper was read in full."""
    if paper.meant_for is None:
        return False
    twins = case.papers.of(paper.kind, PersonRole(paper.meant_for))
    return any(
        p is not paper
        and p.sure
        and p.kind in case.policy.reading.needed
        and not unread_fields(case, p)
        for p in twins
    )
