"""Prove, contradict, or leave open what the member is to the applicant, from all papers at once.

Every paper yields evidence: a set of relations outside which nothing can hold if it is true.
All evidence between the two people is intersected, so the order of the papers cannot matter,
and a further paper can only narrow the answer or reveal a conflict.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from models.checks.finding import Message
from models.intake.application import Relationship
from models.kinship.claim import (
    APPLICANT,
    MEMBER,
    Ambiguity,
    Claims,
    KinshipAnswer,
    KinshipVerdict,
)
from tasks.kinship.proof.book import HukouBook, book_evidence, open_books
from tasks.kinship.proof.exclusions import book_exclusions, exclusions, unrelated_by_book
from tasks.kinship.proof.lineage import lineage_of
from tasks.kinship.proof.statements import (
    BIRTH_CERTIFICATE,
    HUKOU,
    KINSHIP_NOTARIAL,
    MARRIAGE_CERTIFICATE,
    KinshipStatement,
    NamedEnds,
    certificate_evidence,
)
from tasks.kinship.proof.wording import conclusion, with_presumptions
from tasks.kinship.worlds.composition import EVERYTHING, compose_relationships
from tasks.kinship.worlds.relate import BOOK_PRESUMES, ordered

_CALLED: Final = {
    APPLICANT: Message(zh="申请人", en="the applicant"),
    MEMBER: Message(zh="被绑定人", en="the member"),
}
_THIRD: Final = Message(zh="第三人", en="a third person")
_NOTHING: Final = Message(
    zh="所交材料未能说明两人之间的关系。",
    en="The papers do not say what the two people are to each other.",
)


def derive_kinship(
    claims: Claims,
    claimed: Relationship,
    *,
    min_confidence: float,
    set_aside: frozenset[Ambiguity] = BOOK_PRESUMES,
) -> KinshipVerdict:
    """What the member is to the applicant by all papers together.

    Args:
        claims: Everything that the papers say about people, of any confidence.
        claimed: What the form says the member is to the applicant.
        min_confidence: Claims below it, from 0 to 1, decide nothing, neither way.
        set_aside: Which of the doubts K6 and K8 the policy sets aside where a book speaks.
    """
    sure = _sure(claims, min_confidence)
    books = open_books(claims.hukou, min_confidence=min_confidence)
    evidence = _between(sure, books, set_aside)
    possible, proof = (
        _intersect(e.possible for e in evidence),
        _intersect(e.proof for e in evidence),
    )
    if proof == {claimed} and claimed in possible:
        return _proven(claimed, evidence)
    if _contradicts(evidence, claimed):
        return _contradicted(claimed, evidence, possible & proof or possible)
    return _open(claimed, evidence, possible, books)


def _sure(claims: Claims, min_confidence: float) -> Claims:
    return Claims(
        parentage=tuple(c for c in claims.parentage if c.confidence >= min_confidence),
        marriages=tuple(c for c in claims.marriages if c.confidence >= min_confidence),
        stated=tuple(c for c in claims.stated if c.confidence >= min_confidence),
    )


def _between(
    claims: Claims, books: tuple[HukouBook, ...], set_aside: frozenset[Ambiguity]
) -> tuple[KinshipStatement, ...]:
    """All evidence about what the member is to the applicant, in an order of its own."""
    lineage = lineage_of(books, claims)
    single = [e for book in books for e in book_evidence(book, _views, set_aside)]
    single += certificate_evidence(claims, lineage, _views)
    direct = [e for e in single if (e.x, e.y) == (APPLICANT, MEMBER)]
    by_books = [e for e in single if e.book is not None]
    ruled_out = (
        *exclusions(claims, APPLICANT, MEMBER, lineage),
        *book_exclusions(by_books, APPLICANT, MEMBER, lineage),
        *unrelated_by_book(books, APPLICANT, MEMBER),
    )
    return tuple(sorted((*direct, *ruled_out, *_through_third(single)), key=_rank))


def _through_third(single: list[KinshipStatement]) -> Iterator[KinshipStatement]:
    """Chains of two papers through a person who is identified in both."""
    for first in (e for e in single if e.x == APPLICANT and e.y != MEMBER):
        for second in (e for e in single if (e.x, e.y) == (first.y, MEMBER)):
            if first.book is None or first.book != second.book:
                chained = _chain(first, second)
                if chained.possible:
                    yield chained


def _chain(first: KinshipStatement, second: KinshipStatement) -> KinshipStatement:
    possible = _compose(first.possible, second.possible)
    proof = _compose(first.proof, second.proof)
    two_books = first.book is not None and second.book is not None
    presumed = first.presumed or second.presumed
    if two_books or (presumed and Relationship.SIBLING in proof):
        # Two readings of a book, or a 子 that may be a step-child beside a certificate of
        # another child, are no proof; a straight line through one booklet is.
        proof = possible | {Relationship.OTHER}
    doubts = {Ambiguity.K11} if two_books else set()
    return KinshipStatement(
        x=first.x,
        y=second.y,
        possible=possible,
        proof=proof,
        documents=first.documents | second.documents,
        kinds=first.kinds | second.kinds,
        path=_joined(first, second, proof),
        ambiguities=frozenset(doubts),
        asserted=next(iter(proof)) if len(proof) == 1 else None,
        later=_compose(first.conceivable, second.conceivable),
        presumes=first.presumes | second.presumes,
    )


def _compose(
    first: frozenset[Relationship], second: frozenset[Relationship]
) -> frozenset[Relationship]:
    return frozenset(r for a in first for b in second for r in compose_relationships(a, b))


def _contradicts(evidence: tuple[KinshipStatement, ...], claimed: Relationship) -> bool:
    """Whether the papers say that the two are something else, and none of them supports the claim.

    Papers that only name other people refuse nothing: an adoption, a divorce or a marriage may
    have come later. Papers that contradict each other are for a person: one may be wrong.
    """
    conceivable = _intersect(e.conceivable for e in evidence)
    if claimed in conceivable or any(e.asserted is claimed for e in evidence):
        return False
    telling = [e for e in evidence if e.conceivable != EVERYTHING]
    return bool(conceivable) or all(claimed not in e.conceivable for e in telling)


def _proven(claimed: Relationship, evidence: tuple[KinshipStatement, ...]) -> KinshipVerdict:
    alone = [e for e in evidence if e.proof == {claimed}]
    carrying = alone or list(evidence)
    # What a certificate says needs no presumption, whatever a book beside it would need.
    presumed = min((e.presumes for e in alone), key=len, default=None)
    if presumed is None:
        presumed = frozenset[Ambiguity]().union(*(e.presumes for e in carrying))
    return KinshipVerdict(
        claimed=claimed,
        derived=(claimed,),
        answer=KinshipAnswer.PROVEN,
        proof=tuple(sorted({kind for e in carrying for kind in e.kinds})),
        path=with_presumptions(carrying[0].path, presumed),
        documents=_documents(carrying),
        presumed=_in_order(presumed),
    )


def _contradicted(
    claimed: Relationship, evidence: tuple[KinshipStatement, ...], derived: frozenset[Relationship]
) -> KinshipVerdict:
    against = [e for e in evidence if claimed not in e.conceivable]
    possible = derived or _union(e.possible for e in against)
    return KinshipVerdict(
        claimed=claimed,
        derived=ordered(possible),
        answer=KinshipAnswer.CONTRADICTED,
        proof=tuple(sorted({kind for e in against for kind in e.kinds})),
        path=against[0].path,
        settled_by=_settling(claimed, evidence),
        documents=_documents(against),
    )


def _open(
    claimed: Relationship,
    evidence: tuple[KinshipStatement, ...],
    possible: frozenset[Relationship],
    books: tuple[HukouBook, ...],
) -> KinshipVerdict:
    telling = [e for e in evidence if e.possible != EVERYTHING]
    asserted = {e.asserted for e in evidence if e.asserted}
    left = possible or _union(e.possible for e in telling if not e.negative)
    return KinshipVerdict(
        claimed=claimed,
        derived=ordered(left | asserted | {claimed}),
        answer=KinshipAnswer.NOT_DETERMINED,
        path=_told(telling, claimed),
        ambiguities=_ambiguities(telling, books),
        settled_by=_settling(claimed, evidence),
        documents=_documents(telling),
    )


def _ambiguities(
    telling: list[KinshipStatement], books: tuple[HukouBook, ...]
) -> tuple[Ambiguity, ...]:
    found = {doubt for e in telling for doubt in e.ambiguities}
    theirs = [book for book in books if {APPLICANT, MEMBER} & book.people]
    shared = [book for book in theirs if {APPLICANT, MEMBER} <= book.people]
    speaking = {e.book for e in telling}
    # A book with both of them that says nothing: unread, or two words that exclude each other.
    found |= {book.doubt or Ambiguity.K9 for book in shared if book.key not in speaking}
    found |= {book.doubt for book in theirs if book.doubt and book not in shared}
    if len(theirs) > 1 and not shared:
        found.add(Ambiguity.K11)
    found |= {doubt for e in telling for doubt in e.presumes}
    return _in_order(found)


def _in_order(doubts: Iterable[Ambiguity]) -> tuple[Ambiguity, ...]:
    return tuple(sorted(doubts, key=list(Ambiguity).index))


def _settling(claimed: Relationship, evidence: Iterable[KinshipStatement]) -> tuple[str, ...]:
    """The papers that would settle it, without a kind that speaks against it already."""
    usual = MARRIAGE_CERTIFICATE if claimed is Relationship.SPOUSE else BIRTH_CERTIFICATE
    against = {kind for e in evidence if e.negative for kind in e.kinds}
    return tuple(kind for kind in (usual, KINSHIP_NOTARIAL) if kind not in against)


def _documents(evidence: Iterable[KinshipStatement]) -> tuple[str, ...]:
    return tuple(sorted({document for e in evidence for document in e.documents}))


def _intersect(sets: Iterable[frozenset[Relationship]]) -> frozenset[Relationship]:
    return EVERYTHING.intersection(*sets)


def _union(sets: Iterable[frozenset[Relationship]]) -> frozenset[Relationship]:
    return frozenset[Relationship]().union(*sets) or EVERYTHING


def _rank(evidence: KinshipStatement) -> tuple[bool, int, int, list[str], list[str], str]:
    """Positive, short and sharp evidence first; ties by content, never by order of arrival."""
    return (
        evidence.negative,
        len(evidence.kinds) + (HUKOU not in evidence.kinds),
        len(evidence.proof),
        sorted(evidence.kinds),
        sorted(evidence.documents),
        evidence.path.en,
    )


def _views(x: str, y: str) -> NamedEnds:
    return NamedEnds(_CALLED.get(x, _THIRD), _CALLED.get(y, _THIRD))


def _told(telling: list[KinshipStatement], claimed: Relationship) -> Message:
    """The best evidence; where papers conflict about the claim, one for it and one against."""
    if not telling:
        return _NOTHING
    against = [e for e in telling if claimed not in e.possible and e is not telling[0]]
    paths = [telling[0].path, *(e.path for e in against[:1])]
    return Message(zh="".join(m.zh for m in paths), en=" ".join(m.en for m in paths))


def _joined(
    first: KinshipStatement, second: KinshipStatement, proof: frozenset[Relationship]
) -> Message:
    end = conclusion(_CALLED[APPLICANT], _CALLED[MEMBER], ordered(proof))
    return Message(
        zh=f"{first.path.zh}{second.path.zh}因此{end.zh}。",
        en=f"{first.path.en} {second.path.en} So {end.en}.",
    )
