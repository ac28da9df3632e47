"""Evidence: what one paper, or one chain of papers, says one person is to another."""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.application import Relationship
from models.finding import Message
from models.kinship import Ambiguity, Claims, ParentageClaim
from tasks.kinship.composition import EVERYTHING
from tasks.kinship.wording import RELATIONSHIP_ZH_EN

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


class Evidence(NamedTuple):
    """What some papers say `y` is to `x`.

    Attributes:
        x: One person.
        y: The other.
        possible: Nothing else can hold if the papers are true.
        proof: What they say when taken as the policy takes them; within `possible` or equal.
        documents: The files.
        kinds: The kinds of paper.
        path: How they say it.
        ambiguities: Which doubts the papers leave.
        asserted: The one relation that they say, even where a doubt keeps it from proving.
        negative: It only rules something out, and never supports a relation.
        book: The booklet, when it is one booklet's own evidence.
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

    @property
    def presumed(self) -> bool:
        """Whether the policy takes it for more than it strictly says."""
        return self.proof != self.possible


class Views(NamedTuple):
    """How the two ends are called in a sentence."""

    x: Message
    y: Message


def certificate_evidence(
    claims: Claims, adopted: frozenset[str], views: Callable[[str, str], Views]
) -> Iterator[Evidence]:
    """What certificates say, in both directions.

    Args:
        claims: Claims that are sure enough to count.
        adopted: People whom a book calls adopted; their birth certificate no longer tells who
            their parents in law are.
        views: Names the two ends of a sentence.
    """
    for parentage in claims.parentage:
        yield from _parentage(parentage, adopted, views)
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


def exclusions(
    claims: Claims, x: str, y: str, adopted: frozenset[str], sexes: dict[str, str]
) -> Iterator[Evidence]:
    """What certificates rule out between two people: other parents, another spouse."""
    for parentage in claims.parentage:
        for child, other, ruled_out in (
            (y, x, Relationship.CHILD),
            (x, y, Relationship.PARENT),
        ):
            names_child = parentage.child == child and child not in adopted
            if names_child and _names_others(parentage, other, sexes.get(other)):
                yield _excluded(x, y, ruled_out, {parentage.document}, BIRTH_CERTIFICATE)
    yield from _not_siblings(claims, x, y, adopted)
    for marriage in claims.marriages:
        if len({x, y} & set(marriage.spouses)) == 1 and len(set(marriage.spouses)) == 2:
            yield _excluded(x, y, Relationship.SPOUSE, {marriage.document}, MARRIAGE_CERTIFICATE)


class _Fact(NamedTuple):
    x: str
    y: str
    relationship: Relationship
    document: str
    kind: str
    doubted: bool = False


def _parentage(
    claim: ParentageClaim, adopted: frozenset[str], views: Callable[[str, str], Views]
) -> Iterator[Evidence]:
    named = [parent for parent in (claim.mother, claim.father) if parent is not None]
    for parent in named:
        fact = _Fact(
            parent,
            claim.child,
            Relationship.CHILD,
            claim.document,
            BIRTH_CERTIFICATE,
            doubted=claim.child in adopted,
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


def _both_ways(fact: _Fact, views: Callable[[str, str], Views]) -> Iterator[Evidence]:
    if fact.x == fact.y:
        return
    for x, y, relationship in (
        (fact.x, fact.y, fact.relationship),
        (fact.y, fact.x, fact.relationship.inverse),
    ):
        said = frozenset({relationship, Relationship.OTHER} if fact.doubted else {relationship})
        yield Evidence(
            x=x,
            y=y,
            possible=said,
            proof=said,
            documents=frozenset({fact.document}),
            kinds=frozenset({fact.kind}),
            path=_says(views(x, y), relationship, fact.kind),
            ambiguities=frozenset({Ambiguity.K6} if fact.doubted else ()),
            asserted=relationship,
        )


def _names_others(claim: ParentageClaim, person: str, sex: str | None) -> bool:
    """Whether the certificate leaves no place for this person among the parents."""
    if person in (claim.mother, claim.father):
        return False
    taken = {"女": claim.mother, "男": claim.father}
    if sex in taken:
        return taken[sex] is not None
    return None not in taken.values()


def _not_siblings(claims: Claims, x: str, y: str, adopted: frozenset[str]) -> Iterator[Evidence]:
    complete = [c for c in claims.parentage if c.mother and c.father and c.child not in adopted]
    for of_x in (c for c in complete if c.child == x):
        for of_y in (c for c in complete if c.child == y):
            if not {of_x.mother, of_x.father} & {of_y.mother, of_y.father}:
                documents = {of_x.document, of_y.document}
                yield _excluded(x, y, Relationship.SIBLING, documents, BIRTH_CERTIFICATE)


def _excluded(
    x: str, y: str, ruled_out: Relationship, documents: Iterable[str], kind: str
) -> Evidence:
    left = EVERYTHING - {ruled_out}
    return Evidence(
        x=x,
        y=y,
        possible=left,
        proof=left,
        documents=frozenset(documents),
        kinds=frozenset({kind}),
        path=Message(
            zh=f"{KIND_ZH_EN[kind][0]}登记的是其他人。",
            en=f"The {KIND_ZH_EN[kind][1]} names other people.",
        ),
        negative=True,
    )


def _says(views: Views, relationship: Relationship, kind: str) -> Message:
    zh_kind, en_kind = KIND_ZH_EN[kind]
    zh, en = RELATIONSHIP_ZH_EN[relationship]
    return Message(
        zh=f"{zh_kind}载明{views.y.zh}是{views.x.zh}的{zh}。",
        en=f"The {en_kind} says that {views.y.en} is the {en} of {views.x.en}.",
    )
