"""Of one application: which stated values are held against which papers, and what comes out."""

import datetime as dt
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.identity.id_number import valid_id_number
from models.identity.person_name import is_name, normalise_name
from models.intake.application import Applicant, Application, Member, PersonRole
from models.reading.document import DocumentKind, DocumentReading
from models.reading.stated_value import StatedComparison
from tasks.reading.confidence.calibration import FieldSort, sort_of
from tasks.reading.confidence.stated_values import stated_answer
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.stated_values.augmented_line import AugmentedLine
from tasks.reading.stated_values.uploaded_pages import FetchFile, UploadedPages
from tasks.reading.stated_values.weigh_stated import WRITTEN_VARIANTS, weigh_stated

_KNOWN_OWNERS: Final = frozenset(
    {
        *(DocumentKind.ID_CARD_PORTRAIT, DocumentKind.HUKOU_MEMBER, DocumentKind.BIRTH_CERTIFICATE),
        *(DocumentKind.INSURANCE_CERTIFICATE, DocumentKind.INCAPACITY_CERTIFICATE),
    }
)
"""Papers on which an identity number, wherever it stands, can only be one field's: there is one
alone, or the sex in it tells whose it is."""
_SEX: Final = MappingProxyType({"mother": "女", "father": "男"})
IsUnsure = Callable[[DocumentReading, str], bool]
"""Whether a field of a paper is not read surely enough to decide something."""
_OTHER_NAMES: Final = frozenset({"former_name"})
"""Names on a paper that the form does not state."""


def compare_papers(
    application: Application,
    papers: tuple[DocumentReading, ...],
    *,
    is_unsure: IsUnsure,
    fetch: FetchFile,
    reader: TextReader,
) -> tuple[StatedComparison, ...]:
    """Hold what the form states against every unsure field that may show it.

    Args:
        application: The form.
        papers: What was read; never altered.
        is_unsure: Only such fields are looked at.
        fetch: Gives the pictures.
        reader: The recogniser.
    """
    stated = tuple(_stated_values(application))
    pages = UploadedPages(fetch, reader, papers)
    return tuple(
        comparison
        for paper in papers
        for field in paper.fields
        if (sort := stated_sort(paper.kind, field)) is not None and is_unsure(paper, field)
        for comparison in _compare(paper, field, sort, stated, pages, application)
    )


class _StatedValue(NamedTuple):
    """One value of the form."""

    sort: FieldSort
    person: PersonRole
    value: str


def _stated_values(application: Application) -> Iterator[_StatedValue]:
    today = application.submitted_on
    yield from _of_person(PersonRole.APPLICANT, application.applicant, today)
    yield from _of_person(PersonRole.MEMBER, application.member, today)
    if certificate := application.member.birth_certificate_number:
        yield _StatedValue(FieldSort.NUMBER, PersonRole.MEMBER, certificate)


def _of_person(
    role: PersonRole, person: Applicant | Member, today: dt.date
) -> Iterator[_StatedValue]:
    name = normalise_name(person.name or "")
    if is_name(name):
        yield _StatedValue(FieldSort.NAME, role, name)
    number = valid_id_number(person.id_number, today=today)
    if number:
        yield _StatedValue(FieldSort.ID_NUMBER, role, number.text)
        yield _StatedValue(FieldSort.DATE, role, number.birth_date.isoformat())


def stated_sort(kind: DocumentKind, field: str) -> FieldSort | None:
    """The sort of a field that may show a stated value; None for any other field."""
    sort = sort_of(field, blank=False)
    if sort is FieldSort.DATE:
        return sort if "birth_" in field else None
    if sort is FieldSort.NUMBER:
        certificate = kind is DocumentKind.BIRTH_CERTIFICATE and field == "certificate_number"
        return sort if certificate else None
    return sort if sort in WRITTEN_VARIANTS and field not in _OTHER_NAMES else None


def _may_be_meant(stated: _StatedValue, field: str, application: Application) -> bool:
    """Whether a field can be about a person: no man is a child's mother."""
    sex = _SEX.get(field.split("_")[0])
    if sex is None:
        return True
    applicant = stated.person is PersonRole.APPLICANT
    person = application.applicant if applicant else application.member
    number = valid_id_number(person.id_number, today=application.submitted_on)
    return number is None or number.sex == sex


def _compare(
    paper: DocumentReading,
    field: str,
    sort: FieldSort,
    stated: tuple[_StatedValue, ...],
    pages: UploadedPages,
    application: Application,
) -> Iterator[StatedComparison]:
    mine = [v for v in stated if v.sort is sort and _may_be_meant(v, field, application)]
    for value in mine:
        place = stated_place(paper, field, sort, value.value, pages)
        if place is None:
            continue
        others = tuple(v.value for v in mine if v.value != value.value)
        margin = weigh_stated(
            place, sort, value.value, others=others, today=application.submitted_on
        )
        if margin is not None:
            yield StatedComparison(
                digest=paper.digest,
                page=paper.page,
                part=paper.part,
                field=field,
                person=value.person,
                read=paper.value(field) is not None,
                answer=stated_answer(sort, margin),
                margin=round(margin.over_rivals, 2),
                deficit=round(margin.under_best, 2),
            )


def stated_place(
    paper: DocumentReading, field: str, sort: FieldSort, stated: str, pages: UploadedPages
) -> AugmentedLine | None:
    """Where the field stands; of a number without a place the line that shows it best."""
    found = paper.fields.get(field)
    if found is not None and found.quad is not None:
        return pages.place(paper, found.quad)
    if sort is FieldSort.ID_NUMBER and paper.kind in _KNOWN_OWNERS:
        return pages.number_place(paper, stated)
    return None
