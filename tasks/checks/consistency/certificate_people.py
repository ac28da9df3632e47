"""What certificates say of one of the two beside that person's own number.

The number settles who is meant; another name, sex or birth date beside it contradicts the form.
"""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole, Relationship
from models.reading.document import DocumentKind
from tasks.checks.check_context import CheckContext, filed, seen, subject_of
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.former_names import is_renamed
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import (
    Similarity,
    compare_names,
    compare_numbers,
    differ_surely,
)

SLOTS: Final = MappingProxyType(
    {
        DocumentKind.BIRTH_CERTIFICATE: ("mother", "father"),
        DocumentKind.MARRIAGE_CERTIFICATE: ("spouse1", "spouse2"),
    }
)
"""The people whom a certificate names with a number, as their fields begin."""
_PARENTAL: Final = frozenset({Relationship.PARENT, Relationship.CHILD})


def names_beside_numbers(case: CheckContext) -> Iterator[Finding]:
    """Parents and spouses on certificates who bear somebody's number and another name.

    Also a marriage certificate that was issued to somebody who is neither of its spouses.
    """
    parental = case.application.relationship in _PARENTAL
    for paper, slot, role in _bearers(case):
        if parental and paper.kind is DocumentKind.BIRTH_CERTIFICATE:
            continue  # the certificate's own check says so (X06)
        read, stated = _name_read(case, paper, slot), case.stated(role).name
        if read is None or stated is None or compare_names(read, stated) is Similarity.SAME:
            continue
        clear = case.trusts(paper, f"{slot}_name") and differ_surely(read, stated)
        clear = clear and not is_renamed(case.papers, role, read, stated)
        yield finding(
            Reason.NAMES_DIFFER,
            seen(paper, f"{slot}_name"),
            filed(f"{role.value}.name", stated),
            subject=subject_of(role),
            verdict=CheckVerdict.FAILED if clear else CheckVerdict.CANNOT_TELL,
        )
    yield from _held_by_others(case)


def _held_by_others(case: CheckContext) -> Iterator[Finding]:
    for paper in case.papers.of_their_marriage:
        holder = case.trusted(paper, "holder_name")
        names = [case.trusted(paper, f"{slot}_name") for slot in SLOTS[paper.kind]]
        if holder is None or None in names:
            continue
        if all(compare_names(holder, name or "") is Similarity.DIFFERENT for name in names):
            yield finding(
                Reason.NAMES_DIFFER,
                seen(paper, "holder_name"),
                verdict=CheckVerdict.CANNOT_TELL,
            )


def births_beside_numbers(case: CheckContext) -> Iterator[Finding]:
    """Printed birth dates of spouses that are not the date inside the number beside them."""
    for paper, slot, role in _bearers(case):
        born: dt.date | None = case.stated(role).born
        printed = date_or_none(case.trusted(paper, f"{slot}_birth_date"))
        if born is not None and printed is not None and printed != born:
            yield _unlike(case, Reason.BIRTH_DATES_DIFFER, paper, f"{slot}_birth_date", role)


def sexes_beside_numbers(case: CheckContext) -> Iterator[Finding]:
    """Printed sexes of spouses that are not the sex inside the number beside them."""
    for paper, slot, role in _bearers(case):
        number, printed = case.stated(role).number, case.trusted(paper, f"{slot}_sex")
        if number is not None and printed in {"男", "女"} and printed != number.sex:
            yield _unlike(case, Reason.SEX_OR_NUMBER_CONFLICT, paper, f"{slot}_sex", role)


def _unlike(
    case: CheckContext, reason: Reason, paper: AssignedDocument, field: str, role: PersonRole
) -> Finding:
    """The office issued the certificate, so the family cannot mend it: a person looks."""
    number = case.stated(role).number
    return finding(
        reason,
        seen(paper, field),
        filed(f"{role.value}.id_number", number.text if number else None),
        subject=subject_of(role),
        verdict=CheckVerdict.CANNOT_TELL,
    )


def _bearers(case: CheckContext) -> Iterator[tuple[AssignedDocument, str, PersonRole]]:
    """The places of certificates in which the number of one of the two stands."""
    for paper, slot in _places(case):
        number = paper.reading.value(f"{slot}_id_number")
        for role in PersonRole:
            stated = case.stated(role).number
            if number and stated and _is_same(case, number, stated.text):
                yield paper, slot, role


def _places(case: CheckContext) -> Iterator[tuple[AssignedDocument, str]]:
    """Every place of a certificate in which a person is named."""
    for kind, slots in SLOTS.items():
        for paper in case.papers.of_kind(kind):
            yield from ((paper, slot) for slot in slots)


def _is_same(case: CheckContext, number: str, stated: str) -> bool:
    return compare_numbers(number, stated, today=case.on) is Similarity.SAME


def _name_read(case: CheckContext, paper: AssignedDocument, slot: str) -> str | None:
    """The name in a place; None where it is too unsure to say anything beside its number."""
    name = paper.reading.fields.get(f"{slot}_name")
    least = case.policy.reading.confidence.name_beside_number
    return name.value if name is not None and name.confidence >= least else None
