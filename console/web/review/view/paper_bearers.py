"""Whose papers these are, as tabs name them, and what the form states of the same people."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.intake.application import Application
from models.kinship.claim import APPLICANT, MEMBER
from models.reading.document import DocumentReading
from tasks.identity.assign_documents import AssignedDocument
from tasks.reviewing.corrections.recheck import Recheck

_NAMES: Final = ("name", "newborn_name", "holder_name", "householder_name")
_TWO: Final = frozenset({APPLICANT, MEMBER})
BEARERS_OWN: Final = frozenset({"name", "id_number", "newborn_name"})
"""Fields that say who bears the paper."""


class PaperBearer(NamedTuple):
    """Whose paper it is.

    Attributes:
        role: "applicant", "member", or "" for a third person, or nobody in particular.
        name: The name that the paper prints; empty where it prints none.
        mother: The role of the mother that a birth certificate names; "" for neither of the two.
        father: Likewise.
    """

    role: str = ""
    name: str = ""
    mother: str = ""
    father: str = ""


def bearers(
    rechecked: Recheck | None, readings: Sequence[DocumentReading]
) -> tuple[PaperBearer, ...]:
    """The bearer of each paper, in the order of the readings."""
    if rechecked is None:
        return tuple(PaperBearer(name=_printed(paper)) for paper in readings)
    return tuple(_bearer(paper) for paper in rechecked.papers.all)


def stated_value(form: Application | None, bearer: PaperBearer, field: str) -> str | None:
    """What the form says about a field of a paper; None where it says nothing."""
    if form is None:
        return None
    role = {
        "mother_name": bearer.mother,
        "mother_id_number": bearer.mother,
        "father_name": bearer.father,
        "father_id_number": bearer.father,
        "applicant_name": APPLICANT,
        "member_name": MEMBER,
    }.get(field, bearer.role if field in BEARERS_OWN else "")
    if role not in _TWO:
        return None
    person = form.applicant if role == APPLICANT else form.member
    return person.id_number if field.endswith("id_number") else person.name


def _bearer(paper: AssignedDocument) -> PaperBearer:
    meant_for = paper.meant_for.value if paper.meant_for else ""
    role = paper.person if paper.person in _TWO else meant_for
    mother, father = (parent if parent in _TWO else "" for parent in paper.parents)
    return PaperBearer(role, _printed(paper.reading), mother or "", father or "")


def _printed(paper: DocumentReading) -> str:
    return next((value for name in _NAMES if (value := paper.value(name))), "")
