"""What the sorted papers claim about kinship, in the form that the derivation understands.

A claim carries its reading's confidence only when the words were read surely and it is settled
whom they are about; otherwise it carries none and proves nothing.
"""

from typing import Final

from models.identity.id_number import valid_id_number
from models.kinship.claim import (
    APPLICANT,
    MEMBER,
    Claims,
    HukouClaim,
    MarriageClaim,
    ParentageClaim,
    StatedClaim,
)
from models.kinship.named_relation import NamedPerson, between, wording_fits
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.assign_documents import AssignedDocument, AssignedDocuments
from tasks.identity.booklets import householder_on
from tasks.identity.identities import IdentitySigns, People, date_or_none
from tasks.kinship.third_people import NumberedPerson, people_with_numbers, third_child

_WORD = "relation_to_householder"
_COLLECTIVE = ("集体", "公共户", "单位户", "挂靠")
"""Households of people who are not related by living in them, as covers call them."""
_STATED = (
    "applicant_name",
    "applicant_birth_date",
    "related_name",
    "related_birth_date",
    "relation_stated",
)
_SAYS_COLLECTIVE = {
    DocumentKind.HUKOU_COVER: ("household_type", "householder_name"),
    DocumentKind.HUKOU_MEMBER: (_WORD,),
}


def build_claims(papers: AssignedDocuments, people: People, rules: ReadingRules) -> Claims:
    """The claims of all hukou pages and of the certificates of birth, marriage and kinship."""
    numbered = people_with_numbers(papers, people, rules)
    return Claims(
        hukou=tuple(
            _page_claim(page, papers, people, rules)
            for page in papers.of_kind(DocumentKind.HUKOU_MEMBER)
        ),
        parentage=tuple(
            _parentage_claim(paper, numbered, rules)
            for paper in papers.of_kind(DocumentKind.BIRTH_CERTIFICATE)
        ),
        marriages=tuple(
            MarriageClaim(
                document=paper.reading.place,
                spouses=(paper.spouses[0], paper.spouses[1]),
                confidence=_number_confidence(paper, rules),
            )
            for paper in papers.of_kind(DocumentKind.MARRIAGE_CERTIFICATE)
            if len(paper.spouses) == 2
        ),
        stated=tuple(
            claim
            for paper in papers.of_kind(DocumentKind.KINSHIP_NOTARIAL)
            if (claim := _stated_claim(paper, people, rules))
        ),
    )


def _page_claim(
    page: AssignedDocument, papers: AssignedDocuments, people: People, rules: ReadingRules
) -> HukouClaim:
    reading = page.reading
    settled = page.sure and rules.trusts(_WORD, reading.fields.get(_WORD))
    return HukouClaim(
        document=reading.place,
        person=page.person,
        book=page.book or "",
        word=reading.value(_WORD),
        sex=_sex(page, people),
        householder_sex=_householder_sex(page.book, papers, people),
        collective=is_collective(page.book, papers),
        confidence=reading.confidence(_WORD) if settled else 0.0,
    )


def _sex(page: AssignedDocument, people: People) -> str | None:
    """From the number on the page, else as printed."""
    number = valid_id_number(page.reading.value("id_number"), today=people.today)
    printed = page.reading.value("sex")
    return number.sex if number else printed if printed in {"男", "女"} else None


def _householder_sex(book: str | None, papers: AssignedDocuments, people: People) -> str | None:
    for page in papers.of_kind(DocumentKind.HUKOU_MEMBER):
        if page.book == book and householder_on(page.reading):
            return _sex(page, people)
    return None


def is_collective(book: str | None, papers: AssignedDocuments) -> bool:
    """Whether a cover or a page shows this book to be a collective household's (集体户).

    The cover says so in its type; a page where it calls its bearer or its householder so.
    """
    return any(
        paper.book == book
        and any(word in _plain(paper.reading.value(f)) for f in fields for word in _COLLECTIVE)
        for kind, fields in _SAYS_COLLECTIVE.items()
        for paper in papers.of_kind(kind)
    )


_SIMPLIFIED: Final = str.maketrans("體戶單掛", "体户单挂")


def _plain(entry: str | None) -> str:
    """An entry without the gaps of its print, in simplified characters."""
    return "".join((entry or "").split()).translate(_SIMPLIFIED)


def _parentage_claim(
    paper: AssignedDocument, numbered: tuple[NumberedPerson, ...], rules: ReadingRules
) -> ParentageClaim:
    mother, father = paper.parents
    third = None if paper.meant_for else third_child(paper.reading, numbered, rules)
    return ParentageClaim(
        document=paper.reading.place,
        child=third or paper.person,
        mother=mother,
        father=father,
        confidence=_parent_confidence(paper, rules) if paper.sure or third else 0.0,
    )


def _parent_confidence(paper: AssignedDocument, rules: ReadingRules) -> float:
    """The least confidence of the numbers by which the parents on a certificate were settled.

    A parent whose number is not settled makes no claim, and takes none from the other.
    """
    slots = ("mother_id_number", "father_id_number")
    used = [
        paper.reading.fields[slot]
        for slot, person in zip(slots, paper.parents, strict=True)
        if person is not None and slot in paper.reading.fields
    ]
    if not used or not all(rules.trusts("id_number", reading) for reading in used):
        return 0.0
    return min(reading.confidence for reading in used)


def _stated_claim(
    paper: AssignedDocument, people: People, rules: ReadingRules
) -> StatedClaim | None:
    """What a notarial certificate states, once it is settled which two people it names.

    It names them by name and birth date; between generations the birth dates also say who is the
    elder, so a sentence that was taken the wrong way round cannot turn the relation about.
    """
    reading = paper.reading
    used = [reading.fields.get(name) for name in _STATED]
    if not all(rules.trusts(n, f) for n, f in zip(_STATED, used, strict=True)):
        return None
    one, other = (
        people.identify(_signs_beside_birth(reading, prefix), None)
        for prefix in ("applicant_", "related_")
    )
    relationship = between(
        reading.value("relation_stated"),
        date_or_none(reading.value("applicant_birth_date")),
        date_or_none(reading.value("related_birth_date")),
    )
    if relationship is None or not (one.sure and other.sure):
        return None
    if not _wording_fits(reading, (one.person, other.person), people):
        return None
    return StatedClaim(
        document=reading.place,
        subject=one.person,
        relative=other.person,
        relationship=relationship,
        confidence=min(f.confidence for f in used if f),
    )


def misworded(papers: AssignedDocuments, people: People) -> tuple[AssignedDocument, ...]:
    """Notarial certificates about the two, however surely read, whose words cannot be of them."""
    return tuple(
        paper
        for paper in papers.of_kind(DocumentKind.KINSHIP_NOTARIAL)
        for found in (people_named(paper.reading, people),)
        if {*found} == {APPLICANT, MEMBER} and not _wording_fits(paper.reading, found, people)
    )


def people_named(reading: DocumentReading, people: People) -> tuple[str, str]:
    """The two people whom a notarial certificate names, by name and birth date."""
    one, other = (
        people.identify(_signs_beside_birth(reading, prefix), None).person
        for prefix in ("applicant_", "related_")
    )
    return one, other


def _wording_fits(reading: DocumentReading, named: tuple[str, str], people: People) -> bool:
    """Whether the sexes and births of the two allow the word or bond that is stated."""
    one, other = (
        NamedPerson(_stated_sex(person, people), date_or_none(reading.value(f"{prefix}birth_date")))
        for person, prefix in zip(named, ("applicant_", "related_"), strict=True)
    )
    return wording_fits(reading.value("relation_stated"), one, other)


def _stated_sex(person: str, people: People) -> str | None:
    stated = people.stated.get(person)
    return stated.number.sex if stated and stated.number else None


def _signs_beside_birth(reading: DocumentReading, prefix: str) -> IdentitySigns:
    return IdentitySigns(
        name=reading.value(f"{prefix}name"),
        name_sure=True,
        number=None,
        number_sure=False,
        number_twice=False,
        born=date_or_none(reading.value(f"{prefix}birth_date")),
        born_sure=True,
    )


def _number_confidence(paper: AssignedDocument, rules: ReadingRules) -> float:
    """The least confidence of all people's numbers that stand on a certificate."""
    fields = {f: r for f, r in paper.reading.fields.items() if f.endswith("_id_number") and r.value}
    if not fields or not all(rules.trusts(f, r) for f, r in fields.items()):
        return 0.0
    return min(reading.confidence for reading in fields.values())
