"""Which papers the decision rests on, and whether each was read well enough to carry it."""

import datetime as dt
import re
from typing import Final

from models.checks.finding import CheckVerdict
from models.identity.id_number import full_id_number, valid_id_number
from models.intake.application import BindingMethod, PersonRole
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.checks.check_context import CheckContext
from tasks.checks.documents.completeness import asked_for, required_papers_are_there, rests_on_book
from tasks.checks.documents.wanted_papers import RELATION_PAPERS
from tasks.identity.assign_documents import AssignedDocument

_WORD: Final = "relation_to_householder"
_CERTIFICATE_NUMBER: Final = re.compile(r"^([A-Z]\d{9}|\d{6,10})$")


def is_needed(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether the decision rests on this paper.

    A paper of nobody that can be named may be the one that is missing, so it counts until
    everything else is complete and the relation is proven; so does a picture of no known kind,
    whosever the form says it is.
    """
    if case.kinship and paper.reading.place in case.kinship.documents:
        return True
    if paper.kind is DocumentKind.HUKOU_COVER:
        return rests_on_book(case)
    if paper.meant_for is None or paper.kind is DocumentKind.OTHER:
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
    rules, method = case.policy.reading, case.application.binding_method
    if paper.reading.kind_confidence < rules.confidence.kind:
        return rules.needed.get(paper.kind, ())
    # A word that was read unsurely proves nothing where certificates prove the relation, and is
    # heard as far as it speaks against them; one that was not read may say anything.
    certified = case.proven and case.kinship is not None and case.kinship.certified
    heard = certified and paper.reading.value(_WORD) is not None
    return tuple(
        name
        for name in needed_fields(rules, paper.kind, method)
        if not (heard and name == _WORD) and not is_read(rules, paper.reading, name, on=case.on)
    )


def needed_fields(
    rules: ReadingRules, kind: DocumentKind, method: BindingMethod | None
) -> tuple[str, ...]:
    """The fields without which a paper of this kind decides nothing."""
    return tuple(name for name in rules.needed.get(kind, ()) if _counts(method, name))


def _counts(method: BindingMethod | None, name: str) -> bool:
    """A certificate's own number decides something only where the member is bound by it.

    It has no check digit, so a reading is seldom sure; parents and child are told by the rest.
    """
    return name != "certificate_number" or method is BindingMethod.BIRTH_CERTIFICATE


def is_read(rules: ReadingRules, paper: DocumentReading, name: str, *, on: dt.date) -> bool:
    """Whether a field of a paper was read surely enough to decide something on a day."""
    reading = paper.fields.get(name)
    if name == "valid_until" and rules.trusts_long_term(reading):
        return True
    value = paper.value(name)
    if value is None or not rules.trusts(name, reading):
        return False
    if name == "id_number":
        return valid_id_number(full_id_number(value), today=on) is not None
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
