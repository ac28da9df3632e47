"""Whether the papers agree about a third person through whom the proof leads.

A grandfather's proof leads through the father's page and the child's certificate. Their number
makes both one man; a page of that number with another name, sex or birth date is misread, or of
somebody else, and a person looks.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.identity.id_number import IdNumber, full_id_number, valid_id_number
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.checks.check_context import Answer, CheckContext, answer, check, seen
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names

_PREFIXES: Final = {
    DocumentKind.HUKOU_MEMBER: ("",),
    DocumentKind.BIRTH_CERTIFICATE: ("mother_", "father_"),
    DocumentKind.MARRIAGE_CERTIFICATE: ("spouse1_", "spouse2_"),
}


class _Place(NamedTuple):
    """Where a third person's number stands on a paper that carries the proof."""

    paper: AssignedDocument
    prefix: str
    number: IdNumber


@check
def third_people_are_the_same(case: CheckContext) -> Answer:
    """Whoever stands between the two bears one name, and the sex and birth date of the number.

    On whatever paper: also on one that the proof does without.
    """
    if not case.proven:
        return answer(())
    everywhere = [*_places(case)]
    between = {place.number.text for place in everywhere if _carries(case, place.paper)}
    places = [place for place in everywhere if place.number.text in between]
    apart = {
        (place.paper.reading.place, f"{place.prefix}name"): place.paper
        for one, other in combinations(places, 2)
        if one.number == other.number and _names_differ(case, one, other)
        for place in (one, other)
    }
    within = {
        (place.paper.reading.place, field): place.paper
        for place in places
        for field in _against_the_number(case, place)
    }
    return answer(
        finding(
            Reason.RELATIONSHIP_NOT_DETERMINED,
            seen(paper, field),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="证明经过的第三人，其姓名、性别或出生日期在材料上不一致",
            en="the papers differ on the name, sex or birth date of a third person in the proof",
        )
        for (_, field), paper in (apart | within).items()
    )


def _carries(case: CheckContext, paper: AssignedDocument) -> bool:
    return case.kinship is not None and paper.reading.place in case.kinship.documents


def _places(case: CheckContext) -> Iterator[_Place]:
    stated = [case.stated(role).number for role in PersonRole]
    for paper in case.papers.all:
        for prefix in _PREFIXES.get(paper.kind, ()):
            text = case.trusted(paper, f"{prefix}id_number")
            number = valid_id_number(full_id_number(text or ""), today=case.on)
            if number is not None and number not in stated:
                yield _Place(paper, prefix, number)


def _names_differ(case: CheckContext, one: _Place, other: _Place) -> bool:
    names = [case.trusted(p.paper, f"{p.prefix}name") for p in (one, other)]
    return None not in names and (
        compare_names(names[0] or "", names[1] or "") is not Similarity.SAME
    )


def _against_the_number(case: CheckContext, place: _Place) -> Iterator[str]:
    """Fields of a page that say something else than the number on it."""
    sex, born = f"{place.prefix}sex", f"{place.prefix}birth_date"
    if case.trusted(place.paper, sex) in {"男", "女"} - {place.number.sex}:
        yield sex
    printed: dt.date | None = date_or_none(case.trusted(place.paper, born))
    if printed is not None and printed != place.number.birth_date:
        yield born
