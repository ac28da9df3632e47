"""Evidence: what one paper, or one chain of papers, says one person is to another."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.finding import Message
from models.intake.application import Relationship
from models.kinship.claim import Ambiguity, Claims, ParentageClaim
from tasks.kinship.proof.wording import RELATIONSHIP_ZH_EN

HUKOU: Final = "hukou"
BIRTH_CERTIFICATE: Final = "birth_certificate"
MARRIAGE_CERTIFICATE: Final = "marriage_certificate"
KINSHIP_NOTARIAL: Final = "kinship_notarial"
KIND_ZH_EN: Final = MappingProxyType(
    {
        HUKOU: ("户口簿", "hukou book"),
        BIRTH_CERTIFICATE: ("出生医学证明", "birth certificate"),
        MARRIAGE_CERTIFICATE: ("结婚证", "marriage certificate"),
        KINSHIP_NOTARIAL: ("亲属关系公证书", "notarial certificate of kinship"),
    }
)


class KinshipStatement(NamedTuple):
    """What some papers say `y` is to `x`.

    Attributes:
        x: One person.
        y: The other.
        possible: Nothing else holds if the papers are true and nothing came after them.
        proof: What they say when taken as the policy takes them; within `possible` or equal.
        documents: The files.
        kinds: The kinds of paper.
        path: How they say it.
        ambiguities: Which doubts the papers leave.
        asserted: The one relation that they say, even where a doubt keeps it from proving.
        negative: It only rules something out, and never supports a relation.
        book: The booklet, when it is one booklet's own evidence.
        later: What an adoption, a divorce or a marriage after the papers may have made of it,
            without any of them being wrong.
        presumes: Doubts that the policy sets aside where it takes this for proof.
    """

    x: str
    y: str
    possible: frozenset[Relationship]
    proof: frozenset[Relationship]
    documents: frozenset[str]
    kinds: frozenset[str]
    path: Message
    ambiguities: frozenset[Ambiguity] = frozenset()
    asserted: Relationship | None = None
    negative: bool = False
    book: str | None = None
    later: frozenset[Relationship] = frozenset()
    presumes: frozenset[Ambiguity] = frozenset()

    @property
    def presumed(self) -> bool:
        """Whether the policy takes it for more than it strictly says."""
        return self.proof != self.possible

    @property
    def conceivable(self) -> frozenset[Relationship]:
        """All that can hold today if the papers are true; only this is ever refused."""
        return self.possible | self.later


class NamedEnds(NamedTuple):
    """How the two ends are called in a sentence."""

    x: Message
    y: Message


class Lineage(NamedTuple):
    """What books say of people whose birth certificate may no longer tell who their parents are.

    Attributes:
        adopted: People whom a book calls adopted.
        displaced: Pairs of a child and a parent by birth in whose place a book puts another.
        sexes: 男 or 女 of people whose page tells it.
        lines: Of a grandchild and a grandparent of one book, the parent between them by their
            words: "father" or "mother".
    """

    adopted: frozenset[str]
    displaced: frozenset[tuple[str, str]]
    sexes: dict[str, str]
    lines: dict[tuple[str, str], str]

    def doubts(self, child: str, parent: str) -> bool:
        """Whether a parent by birth may be no parent in law any more."""
        return child in self.adopted or (child, parent) in self.displaced


def certificate_evidence(
    claims: Claims, lineage: Lineage, views: Callable[[str, str], NamedEnds]
) -> Iterator[KinshipStatement]:
    """What certificates say, in both directions.

    Args:
        claims: Claims that are sure enough to count.
        lineage: Whose birth certificate the books put in doubt.
        views: Names the two ends of a sentence.
    """
    for parentage in claims.parentage:
        yield from _parentage(parentage, lineage, views)
    for marriage in claims.marriages:
        one, other = marriage.spouses
        yield from _both_ways(
            _Fact(one, other, Relationship.SPOUSE, marriage.document, MARRIAGE_CERTIFICATE), views
        )
    for stated in claims.stated:
        yield from _both_ways(
            _Fact(
                stated.subject,
                stated.relative,
                stated.relationship,
                stated.document,
                KINSHIP_NOTARIAL,
            ),
            views,
        )


class _Fact(NamedTuple):
    x: str
    y: str
    relationship: Relationship
    document: str
    kind: str
    doubted: bool = False


def _parentage(
    claim: ParentageClaim, lineage: Lineage, views: Callable[[str, str], NamedEnds]
) -> Iterator[KinshipStatement]:
    named = [parent for parent in (claim.mother, claim.father) if parent is not None]
    for parent in named:
        fact = _Fact(
            parent,
            claim.child,
            Relationship.CHILD,
            claim.document,
            BIRTH_CERTIFICATE,
            doubted=lineage.doubts(claim.child, parent),
        )
        yield from _both_ways(fact, views)
    if len(named) == 2:
        # Two parents of one child are a couple or were one; nothing else is possible.
        couple = _Fact(
            named[0],
            named[1],
            Relationship.SPOUSE,
            claim.document,
            BIRTH_CERTIFICATE,
            doubted=True,
        )
        yield from (e._replace(asserted=None) for e in _both_ways(couple, views))


def _both_ways(fact: _Fact, views: Callable[[str, str], NamedEnds]) -> Iterator[KinshipStatement]:
    if fact.x == fact.y:
        return
    for x, y, relationship in (
        (fact.x, fact.y, fact.relationship),
        (fact.y, fact.x, fact.relationship.inverse),
    ):
        said = frozenset({relationship, Relationship.OTHER} if fact.doubted else {relationship})
        yield KinshipStatement(
            x=x,
            y=y,
            possible=said,
            proof=said,
            later=_LATER.get((fact.kind, relationship), frozenset()),
            documents=frozenset({fact.document}),
            kinds=frozenset({fact.kind}),
            path=_says(views(x, y), relationship, fact.kind),
            ambiguities=frozenset({Ambiguity.K6} if fact.doubted else ()),
            asserted=relationship,
        )


_ADOPTED_AWAY: Final = frozenset({Relationship.OTHER, Relationship.SIBLING})
_LATER: Final = MappingProxyType(
    {
        # Given to another family, or to the parents or a child of the one by birth.
        (BIRTH_CERTIFICATE, Relationship.CHILD): _ADOPTED_AWAY | {Relationship.GRANDCHILD},
        (BIRTH_CERTIFICATE, Relationship.PARENT): _ADOPTED_AWAY | {Relationship.GRANDPARENT},
        (MARRIAGE_CERTIFICATE, Relationship.SPOUSE): frozenset({Relationship.OTHER}),
    }
)
"""What may have become of a relation since a certificate was issued."""


def _says(views: NamedEnds, relationship: Relationship, kind: str) -> Message:
    zh_kind, en_kind = KIND_ZH_EN[kind]
    zh, en = RELATIONSHIP_ZH_EN[relationship]
    return Message(
        zh=f"{zh_kind}载明{views.y.zh}是{views.x.zh}的{zh}。",
        en=f"The {en_kind} says that {views.y.en} is the {en} of {views.x.en}.",
    )
