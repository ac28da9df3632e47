"""A third person on two papers: named with a number on one, as a newborn on the other.

A grandmother is tied to a grandchild by the child's certificate, which gives the father's number,
and by the father's own, which gives his name and birth date only. The date inside the number and
the name tell that both are one man.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models.identity.id_number import full_id_number, valid_id_number
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.assign_documents import AssignedDocument, AssignedDocuments
from tasks.identity.identities import People, date_or_none
from tasks.identity.similarity import Similarity, compare_names

_PREFIXES = ("", "mother_", "father_", "spouse1_", "spouse2_")
_KINDS = frozenset(
    {
        DocumentKind.BIRTH_CERTIFICATE,
        DocumentKind.HUKOU_MEMBER,
        DocumentKind.ID_CARD_PORTRAIT,
        DocumentKind.MARRIAGE_CERTIFICATE,
    }
)


class NumberedPerson(NamedTuple):
    """Somebody whose name and number stand surely on one paper."""

    person: str
    name: str
    born: str


def people_with_numbers(
    papers: AssignedDocuments, people: People, rules: ReadingRules
) -> tuple[NumberedPerson, ...]:
    """Everybody but the two of the form whose name stands beside a sure number."""
    return tuple(
        found
        for paper in papers.all
        if paper.kind in _KINDS
        for prefix in _PREFIXES
        for found in _numbered(paper, prefix, people, rules)
    )


def third_child(
    reading: DocumentReading, numbered: tuple[NumberedPerson, ...], rules: ReadingRules
) -> str | None:
    """Who of these was born by a certificate: of one name and birth date, and only one is."""
    fields = ("newborn_name", "birth_time")
    if not all(rules.trusts(name, reading.fields.get(name)) for name in fields):
        return None
    name, born = reading.value("newborn_name") or "", date_or_none(reading.value("birth_time"))
    same = {
        who.person
        for who in numbered
        if born is not None
        and who.born == born.isoformat()
        and compare_names(who.name, name) is Similarity.SAME
    }
    return same.pop() if len(same) == 1 else None


def _numbered(
    paper: AssignedDocument, prefix: str, people: People, rules: ReadingRules
) -> Iterator[NumberedPerson]:
    reading, today = paper.reading, people.today
    name, number = reading.value(f"{prefix}name"), reading.value(f"{prefix}id_number")
    fields = (f"{prefix}name", f"{prefix}id_number")
    if not (name and number and all(rules.trusts(f, reading.fields.get(f)) for f in fields)):
        return
    whole = full_id_number(number)
    valid = valid_id_number(whole, today=today)
    twice = reading.fields[fields[1]].second == number
    person = people.by_number(number, sure=True, twice=twice)
    if valid is not None and person is not None and person not in people.stated:
        yield NumberedPerson(person, name, valid.birth_date.isoformat())
