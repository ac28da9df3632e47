"""Who is who: sorts the readings of one application by the person they are about."""

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from models.decision.decision import Dossier
from models.intake.application import DocumentEntry, PersonRole
from models.kinship.claim import APPLICANT, MEMBER
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.booklets import Booklets, group_pages
from tasks.identity.identities import Identity, IdentitySigns, People, date_or_none, signs_on
from tasks.identity.similarity import Similarity, compare_names

_PORTRAIT = DocumentKind.ID_CARD_PORTRAIT
_EMBLEM = DocumentKind.ID_CARD_EMBLEM
_NAMELESS = frozenset({_EMBLEM, DocumentKind.SELFIE, DocumentKind.HUKOU_COVER, DocumentKind.OTHER})


@dataclass(frozen=True, slots=True)
class AssignedDocument:
    """One reading and whom it is about.

    Attributes:
        reading: What was read.
        entry: What the application says about the file; None where it says nothing.
        person: `APPLICANT`, `MEMBER`, an opaque third person, or "" for a paper of nobody.
        sure: Whether that is settled.
        meant_for: Whose paper it was meant to be, even where it shows another person.
        parents: On a birth certificate, mother and father; None for one not settled or not given.
        spouses: On a marriage certificate, both people.
        book: The hukou booklet it lies in.
        book_sure: Whether that is settled.
    """

    reading: DocumentReading
    entry: DocumentEntry | None
    person: str
    sure: bool
    meant_for: PersonRole | None
    parents: tuple[str | None, str | None] = (None, None)
    spouses: tuple[str, ...] = ()
    book: str | None = None
    book_sure: bool = False

    @property
    def kind(self) -> DocumentKind:
        """What paper it is."""
        return self.reading.kind


@dataclass(frozen=True, slots=True)
class AssignedDocuments:
    """All papers of one application, sorted.

    Attributes:
        all: In the order of the dossier.
        unread: Entries of the application of which nothing was read.
    """

    all: tuple[AssignedDocument, ...]
    unread: tuple[DocumentEntry, ...]
    booklets: Booklets

    def of_kind(self, kind: DocumentKind) -> tuple[AssignedDocument, ...]:
        """Every paper of this kind."""
        return tuple(p for p in self.all if p.kind is kind)

    @property
    def of_their_marriage(self) -> tuple[AssignedDocument, ...]:
        """Marriage certificates that join the two people, and nobody else."""
        kind = DocumentKind.MARRIAGE_CERTIFICATE
        return tuple(p for p in self.of_kind(kind) if {*p.spouses} == {APPLICANT, MEMBER})

    def of(self, kind: DocumentKind, role: PersonRole) -> tuple[AssignedDocument, ...]:
        """The papers of this kind that were handed in for this person."""
        return tuple(p for p in self.of_kind(kind) if p.meant_for is role)

    def people_of(self, *kinds: DocumentKind) -> Iterator[tuple[AssignedDocument, PersonRole]]:
        """Papers of these kinds that were handed in for one of the two people, with whom."""
        for paper in self.all:
            if paper.kind in kinds and paper.meant_for is not None:
                yield paper, paper.meant_for


def sort_papers(
    dossier: Dossier, rules: ReadingRules, *, card_asked: bool = True
) -> AssignedDocuments:
    """Decide for every paper whom it is about: by number, then name and birth date, then hint.

    The order of the papers says nothing, and a picture that is there twice counts once.

    Args:
        dossier: The application with its readings.
        rules: How sure a reading must be.
        card_asked: Whether the member's ID card is asked for; where it is not, nobody's card
            stands in its place.
    """
    application = dossier.application
    people = People.of(application)
    entries = {entry.file: entry for entry in application.documents}
    booklets = group_pages(dossier.readings, rules)
    papers: list[AssignedDocument] = []
    for i, reading in enumerate(dossier.readings):
        entry = entries.get(reading.file)
        hint = entry.person if entry else None
        who = _identify(reading, people, rules, hint, application.member.birth_certificate_number)
        papers.append(
            AssignedDocument(
                reading=reading,
                entry=entry,
                person=who.person,
                sure=who.sure,
                meant_for=who.meant_for,
                parents=_parents(reading, people, rules),
                spouses=_spouses(reading, people, rules),
                book=booklets.book_of.get(i),
                book_sure=i in booklets.book_of and i not in booklets.doubtful,
            )
        )
    once = list({_content(p): p for p in reversed(papers)}.values())
    once = _pair_emblems(_fill_empty_card(once) if card_asked else once, people)
    settled = {_content(p): p for p in once}
    papers = [_like(p, settled[_content(p)]) for p in papers]
    seen = {reading.file for reading in dossier.readings}
    unread = tuple(e for e in application.documents if e.file not in seen)
    return AssignedDocuments(tuple(papers), unread, booklets)


def _content(paper: AssignedDocument) -> tuple[object, ...]:
    """What makes two readings the same picture of the same paper, whatever its file is called."""
    reading, entry = paper.reading, paper.entry
    values = sorted((name, field.value or "") for name, field in reading.fields.items())
    hint = entry.person if entry else None
    return (reading.digest, reading.page, reading.part, reading.kind, hint, *values)


def _like(paper: AssignedDocument, settled: AssignedDocument) -> AssignedDocument:
    """A paper as the same picture of it was settled."""
    return replace(paper, person=settled.person, sure=settled.sure, meant_for=settled.meant_for)


def _identify(
    reading: DocumentReading,
    people: People,
    rules: ReadingRules,
    hint: PersonRole | None,
    certificate_number: str | None,
) -> Identity:
    if reading.kind is DocumentKind.SELFIE:
        return Identity(MEMBER, sure=True, meant_for=PersonRole.MEMBER)
    if reading.kind in _NAMELESS:
        return Identity("", sure=False, meant_for=hint)
    if reading.kind is not DocumentKind.BIRTH_CERTIFICATE:
        return people.identify(signs_on(reading, rules), hint)
    if certificate_number and reading.value("certificate_number") == certificate_number:
        return _child_of_stated_certificate(reading, people, rules)
    return people.identify(_child_signs(reading, rules), hint)


def _child_of_stated_certificate(
    reading: DocumentReading, people: People, rules: ReadingRules
) -> Identity:
    """The form names this certificate: its child is the member, surely if the name says so too."""
    name, stated = reading.value("newborn_name"), people.stated[MEMBER].name
    named = bool(name and stated and compare_names(name, stated) is Similarity.SAME)
    fields = ("certificate_number", "newborn_name")
    sure = named and all(rules.trusts(f, reading.fields.get(f)) for f in fields)
    return Identity.of(MEMBER, sure=sure)


def _child_signs(reading: DocumentReading, rules: ReadingRules) -> IdentitySigns:
    return IdentitySigns(
        name=reading.value("newborn_name"),
        name_sure=rules.trusts("newborn_name", reading.fields.get("newborn_name")),
        number=None,
        number_sure=False,
        number_twice=False,
        born=date_or_none(reading.value("birth_time")),
        born_sure=rules.trusts("birth_time", reading.fields.get("birth_time")),
    )


def _parents(
    reading: DocumentReading, people: People, rules: ReadingRules
) -> tuple[str | None, str | None]:
    if reading.kind is not DocumentKind.BIRTH_CERTIFICATE:
        return None, None
    return _by_number(reading, people, rules, "mother_"), _by_number(
        reading, people, rules, "father_"
    )


def _by_number(
    reading: DocumentReading, people: People, rules: ReadingRules, prefix: str
) -> str | None:
    signs = signs_on(reading, rules, prefix)
    return people.by_number(signs.number, sure=signs.number_sure, twice=signs.number_twice)


def _spouses(reading: DocumentReading, people: People, rules: ReadingRules) -> tuple[str, ...]:
    """Both people of a marriage certificate, however its two columns are called."""
    if reading.kind is not DocumentKind.MARRIAGE_CERTIFICATE:
        return ()
    prefixes = [f.removesuffix("id_number") for f in reading.fields if f.endswith("_id_number")]
    found = [_by_number(reading, people, rules, prefix) for prefix in prefixes]
    return tuple(person for person in found if person)


def _fill_empty_card(papers: list[AssignedDocument]) -> list[AssignedDocument]:
    """The only ID card of nobody stands in the member's place when the member's is missing.

    Nobody is asked for a third person's card, so it was meant to be the member's; the checks then
    say what is wrong with it rather than that there is none.
    """
    portraits = [i for i, p in enumerate(papers) if p.kind is _PORTRAIT]
    member_has = any(papers[i].meant_for is PersonRole.MEMBER for i in portraits)
    spare = [i for i in portraits if papers[i].meant_for is None]
    if not member_has and len(spare) == 1:
        papers[spare[0]] = replace(papers[spare[0]], meant_for=PersonRole.MEMBER)
    return papers


def _pair_emblems(papers: list[AssignedDocument], people: People) -> list[AssignedDocument]:
    """Give every emblem side the person of its portrait side.

    An emblem side names nobody. The same picture, the same file or the only card at all settles
    it. A hint is only a guess, and so is the rest: one side that is left is the member's, of two
    the elder's is the one that lasts longer.
    """
    portraits = [p for p in papers if p.kind is _PORTRAIT and p.meant_for]
    emblems = sorted((p for p in papers if p.kind is _EMBLEM), key=_by_term)
    roles = {r for p in portraits if (r := p.meant_for)}
    alone = len(roles) == 1 and len({_term(e) for e in emblems}) == 1
    beside = {_content(e): _only_card_beside(e, portraits) for e in emblems}
    given = {_content(e): beside[_content(e)] or e.meant_for for e in emblems}
    left = [e for e in emblems if not given[_content(e)]]
    spare = _youngest_first(roles - set(given.values()) or roles, people)
    if len(left) == 1 and PersonRole.MEMBER in spare:
        spare = [PersonRole.MEMBER]
    given |= {_content(e): spare[min(i, len(spare) - 1)] for i, e in enumerate(left)}
    return [
        p if p.kind is not _EMBLEM else _given(p, given[_content(p)], beside[_content(p)], alone)
        for p in papers
    ]


def _youngest_first(roles: AbstractSet[PersonRole], people: People) -> list[PersonRole]:
    if not roles:
        return [PersonRole.MEMBER]
    born = {role: people.stated[role.value].born or dt.date.min for role in roles}
    return sorted(roles, key=lambda role: (born[role], role.value), reverse=True)


def _given(
    emblem: AssignedDocument,
    role: PersonRole | None,
    beside: PersonRole | None,
    alone: bool,  # noqa: FBT001
) -> AssignedDocument:
    role = role or PersonRole.MEMBER
    return replace(emblem, person=role.value, sure=bool(beside) or alone, meant_for=role)


def _by_term(emblem: AssignedDocument) -> tuple[str, ...]:
    """In an order of the papers' own, whatever order they came in."""
    return (*_term(emblem), emblem.reading.digest, emblem.reading.place)


def _term(emblem: AssignedDocument) -> tuple[str, ...]:
    """What an emblem side says, by which two pictures of it are known; the next to end first."""
    end = emblem.reading.fields.get("valid_until")
    last = "9999" if end and end.long_term else (end.value if end else None) or ""
    return (last, *(emblem.reading.value(n) or "" for n in ("valid_from", "issuing_authority")))


def _only_card_beside(
    emblem: AssignedDocument, portraits: list[AssignedDocument]
) -> PersonRole | None:
    """Whose the one portrait side in the same picture is, else the one in the same file.

    Two cards in one picture or in one file settle nothing.
    """
    file, page = emblem.reading.file, emblem.reading.page
    in_file = [p for p in portraits if p.reading.file == file]
    in_picture = [p for p in in_file if p.reading.page == page]
    beside = in_picture or in_file
    return beside[0].meant_for if len(beside) == 1 else None
