"""What other papers rule out: other parents, other spouses, no parent in common."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from models.checks.finding import Message
from models.intake.application import Relationship
from models.kinship.claim import Ambiguity, Claims, ParentageClaim
from tasks.kinship.proof.book import HukouBook
from tasks.kinship.proof.statements import (
    BIRTH_CERTIFICATE,
    HUKOU,
    MARRIAGE_CERTIFICATE,
    KinshipStatement,
    Lineage,
)
from tasks.kinship.worlds.composition import EVERYTHING


def exclusions(claims: Claims, x: str, y: str, lineage: Lineage) -> Iterator[KinshipStatement]:
    """What stands in a certificate's way of proof: other parents, another spouse.

    None of it refuses a claim: a child may have been adopted since, a marriage may have ended.
    """
    adopted = lineage.adopted
    for parentage in claims.parentage:
        for child, other, ruled_out in (
            (y, x, Relationship.CHILD),
            (x, y, Relationship.PARENT),
        ):
            names_child = parentage.child == child and child not in adopted
            if names_child and _names_others(parentage, other, lineage.sexes.get(other)):
                yield _excluded(x, y, ruled_out, {parentage.document}, BIRTH_CERTIFICATE)
    yield from _not_siblings(claims, x, y, adopted)
    yield from _not_grandparents(claims, x, y, lineage)
    for marriage in claims.marriages:
        if len({x, y} & set(marriage.spouses)) == 1 and len(set(marriage.spouses)) == 2:
            yield _excluded(x, y, Relationship.SPOUSE, {marriage.document}, MARRIAGE_CERTIFICATE)


def book_exclusions(
    by_books: Iterable[KinshipStatement], x: str, y: str, lineage: Lineage
) -> Iterator[KinshipStatement]:
    """Books that give one of the two another father, mother or spouse.

    Nobody is registered as the child of two men: one page is of another time, or was placed with
    papers to which it does not belong. None of it refuses a claim.
    """
    for said in by_books:
        for child, parent, ruled_out in (
            (y, x, Relationship.CHILD),
            (x, y, Relationship.PARENT),
        ):
            sexes = {lineage.sexes.get(said.x), lineage.sexes.get(parent)}
            of_child = said.y == child and said.asserted is Relationship.CHILD
            if of_child and said.x not in {x, y} and len(sexes) == 1 and None not in sexes:
                yield _excluded(x, y, ruled_out, said.documents, HUKOU)
        wed = said.asserted is Relationship.SPOUSE and said.x in {x, y} and said.y not in {x, y}
        if wed:
            yield _excluded(x, y, Relationship.SPOUSE, said.documents, HUKOU)


def unrelated_by_book(books: Iterable[HukouBook], x: str, y: str) -> Iterator[KinshipStatement]:
    """Books that call one of the two no relative, or a remote one, of the other.

    The word alone says too little to refuse anything; beside a certificate it contradicts it.
    """
    for book in books:
        for head, other, documents in book.no_relatives:
            if {head, other} == {x, y}:
                yield _excluded(x, y, Relationship.OTHER, documents, HUKOU)._replace(
                    possible=EVERYTHING, proof=frozenset({Relationship.OTHER})
                )


def _names_others(claim: ParentageClaim, person: str, sex: str | None) -> bool:
    """Whether the certificate leaves no place for this person among the parents."""
    if person in (claim.mother, claim.father):
        return False
    taken = {"女": claim.mother, "男": claim.father}
    if sex in taken:
        return taken[sex] is not None
    return None not in taken.values()


def _not_siblings(
    claims: Claims, x: str, y: str, adopted: frozenset[str]
) -> Iterator[KinshipStatement]:
    complete = [c for c in claims.parentage if c.mother and c.father and c.child not in adopted]
    for of_x in (c for c in complete if c.child == x):
        for of_y in (c for c in complete if c.child == y):
            if not {of_x.mother, of_x.father} & {of_y.mother, of_y.father}:
                documents = {of_x.document, of_y.document}
                yield _excluded(x, y, Relationship.SIBLING, documents, BIRTH_CERTIFICATE)


def _not_grandparents(
    claims: Claims, x: str, y: str, lineage: Lineage
) -> Iterator[KinshipStatement]:
    """Certificates of the parents between that give somebody else the grandparent's place.

    Both parents', or the one's through whom the book's words lead.
    """
    for child, elder, ruled_out in (
        (x, y, Relationship.GRANDPARENT),
        (y, x, Relationship.GRANDCHILD),
    ):
        for birth in (c for c in claims.parentage if c.child == child and child != elder):
            between = {"mother": birth.mother, "father": birth.father}
            named = {n: _names_as_parent(claims, p, elder, lineage) for n, p in between.items()}
            line = lineage.lines.get((child, elder))
            closed = named.get(line) is False if line else set(named.values()) == {False}
            if closed and True not in named.values():
                documents = {birth.document} | {
                    c.document for c in claims.parentage if c.child in between.values()
                }
                yield _excluded(x, y, ruled_out, documents, BIRTH_CERTIFICATE)


def _names_as_parent(
    claims: Claims, child: str | None, parent: str, lineage: Lineage
) -> bool | None:
    """Whether certificates name this parent of a child; None where none of them tells."""
    births = [c for c in claims.parentage if c.child == child and child not in lineage.adopted]
    if any(parent in (c.mother, c.father) for c in births):
        return True
    sex = lineage.sexes.get(parent)
    return False if any(_names_others(c, parent, sex) for c in births) else None


def _excluded(
    x: str, y: str, ruled_out: Relationship, documents: Iterable[str], kind: str
) -> KinshipStatement:
    left = EVERYTHING - {ruled_out}
    return KinshipStatement(
        x=x,
        y=y,
        possible=left,
        proof=left,
        documents=frozenset(documents),
        kinds=frozenset({kind}),
        path=_NAMES_OTHERS[kind],
        ambiguities=frozenset({_SINCE[kind]}),
        negative=True,
        later=EVERYTHING,
    )


_NAMES_OTHERS: Final = MappingProxyType(
    {
        BIRTH_CERTIFICATE: Message(
            zh="出生医学证明载明的父母是其他人；除非其后依法收养，否则不成立。",
            en="The birth certificate names other parents; only a later adoption would allow it.",
        ),
        MARRIAGE_CERTIFICATE: Message(
            zh="结婚证载明的配偶是其他人；除非其后离婚并再婚，否则不成立。",
            en="The marriage certificate names another spouse; only a later divorce and marriage "
            "would allow it.",
        ),
        HUKOU: Message(
            zh="户口页登记的是别的亲属关系，或登记了别的父母、配偶；两处不能同时成立。",
            en="A hukou page enters another relation, other parents or another spouse.",
        ),
    }
)
_SINCE: Final = MappingProxyType(
    {
        BIRTH_CERTIFICATE: Ambiguity.K6,
        MARRIAGE_CERTIFICATE: Ambiguity.K8,
        HUKOU: Ambiguity.K10,
    }
)
"""Which doubt a paper about other people leaves."""
