"""What two people of one hukou book may be to each other, by their two printed words."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from models.checks.finding import Message
from models.intake.application import Relationship
from models.kinship.claim import Ambiguity
from models.kinship.kin_class import OPEN, KinClass
from models.kinship.relation_word import RelationWord, read_relation_word
from models.record import Record
from tasks.kinship.proof.wording import path_of_words
from tasks.kinship.worlds.ambiguities import list_ambiguities
from tasks.kinship.worlds.composition import EVERYTHING, Assumption, Bearer, Composed, compose_words
from tasks.kinship.worlds.kin import KIN_ORDER, KinRelation
from tasks.kinship.worlds.ranks import within_ranks

_DECIDES_NOTHING: Final = frozenset({Ambiguity.K7, Ambiguity.K9})
_MAX_WORD: Final = 64
_OF_A_PARENT: Final = frozenset(
    {
        KinClass.FATHER_S_PARENT,
        KinClass.MOTHER_S_PARENT,
        KinClass.FATHER_S_SIBLING,
        KinClass.MOTHER_S_SIBLING,
    }
)
BOOK_PRESUMES: Final = frozenset({Ambiguity.K6, Ambiguity.K8})
"""Doubts that a policy may set aside where a book is taken at its word."""


class Relation(Record):
    """Everything that B may be to A when both words stand in one book.

    Attributes:
        a: The word of A as given.
        b: The word of B as given.
        relations: What B may be to A, in a fixed order; empty when the words exclude each
            other, or when both can only be one person.
        relations_without_step_families: The same where no step family has to be reckoned with.
        detail: The fine-grained relations behind `relations`, in a fixed order.
        same_person: Both words may belong to one person.
        path: The way through the householder, in one sentence per language.
        ambiguities: The doubts K1 to K9 that this pair is subject to.
        certain: One relation only, step families and unreliable words included.
        proven_by_book: The book itself proves the relation (one of the two is the householder,
            or the relation is certain), and it is one that can be bound.
        reason: Why `relations` is empty or everything; None otherwise.
    """

    a: str
    b: str
    relations: tuple[Relationship, ...]
    relations_without_step_families: tuple[Relationship, ...]
    detail: tuple[KinRelation, ...]
    same_person: bool
    path: Message
    ambiguities: tuple[Ambiguity, ...]
    certain: bool
    proven_by_book: bool
    reason: Message | None = None


class UnreadableLine(Record):
    """A line of input that is no pair of words.

    Attributes:
        line: Its number, from 1.
        error: What is wrong with it.
    """

    line: int
    error: str


def relate(a: str, b: str, *, step_families: bool = True) -> Relation:
    """Everything that B may be to A, composed through the householder.

    Args:
        a: Printed relation word of A (长子).
        b: Printed relation word of B in the same book (孙子).
        step_families: Whether 子, 女, 父, 母 may be printed for step relations, as books do.
    """
    base = _relate_words(read_relation_word(a), read_relation_word(b), step_families)
    return base.model_copy(update={"a": a, "b": b})


def relate_lines(lines: Iterable[str]) -> Iterator[Relation | UnreadableLine]:
    """Relate tab-separated pairs, one a line; empty lines are skipped."""
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n").removeprefix("\ufeff")
        if not text.strip():
            continue
        words = [word.strip() for word in text.split("\t")]
        if len(words) != 2 or not all(words):
            yield UnreadableLine(line=number, error="expected two words with a tab between them")
        elif max(map(len, words)) > _MAX_WORD:
            yield UnreadableLine(line=number, error=f"a word is longer than {_MAX_WORD} characters")
        else:
            yield relate(*words)


@lru_cache(maxsize=8192)
def proof_set(
    a: RelationWord, b: RelationWord, set_aside: frozenset[Ambiguity] = BOOK_PRESUMES
) -> frozenset[Relationship]:
    """What the book, taken at its word, says B is to A; one value means that it is proven.

    A pair with the householder is taken literally: a child printed 子 is registered as one.
    Everybody else is held to the composition with step families and with 孙 printed for a
    daughter's child (K7), so that the certificate of such a child is not gainsaid by the word.
    继 goes to a person.

    Args:
        a: A's word.
        b: B's word.
        set_aside: Which of the doubts K6 and K8 do not stand in the way of a proof.
    """
    if a.kin in OPEN or b.kin in OPEN:
        return EVERYTHING
    if a.also or b.also:
        pairs = product(a.meanings, b.meanings)
        # Where only one of two meanings is possible here, the word may still be the other's.
        return frozenset({Relationship.OTHER}).union(
            *(proof_set(x, y, set_aside) for x, y in pairs)
        )
    literal = KinClass.HOUSEHOLDER in (a.kin, b.kin) and Ambiguity.K6 in set_aside
    said = _composed(a, b, Assumption.PLAIN if literal else Assumption.LOOSE).relationships
    parted = Ambiguity.K8 in list_ambiguities(a, b) and Ambiguity.K8 not in set_aside
    another = _on_a_parents_side(a, b) and Ambiguity.K6 not in set_aside
    return said | {Relationship.OTHER} if parted or another else said


def _on_a_parents_side(a: RelationWord, b: RelationWord) -> bool:
    """Whether one is 父 or 母 and the other of a father's or mother's own family.

    A stepmother printed 母 is no child of 姥姥, the mother of the mother who died.
    """
    kinds = {a.kin, b.kin}
    return KinClass.PARENT in kinds and bool(kinds & _OF_A_PARENT)


@lru_cache(maxsize=8192)
def presumptions(a: RelationWord, b: RelationWord) -> frozenset[Ambiguity]:
    """Which doubts are set aside where the book is taken at its word for these two.

    K6: 子, 女, 父, 母 of the householder may be printed for step relations. K8: two parents in one
    book may be divorced.
    """
    strict, taken = (proof_set(a, b, aside) for aside in (frozenset[Ambiguity](), BOOK_PRESUMES))
    if strict == taken:
        return frozenset()
    return frozenset(d for d in BOOK_PRESUMES if proof_set(a, b, BOOK_PRESUMES - {d}) != taken)


@lru_cache(maxsize=8192)
def possible_set(a: RelationWord, b: RelationWord) -> frozenset[Relationship]:
    """Everything that B may be to A, unreliable words (K7) included; nothing else is excluded."""
    if a.kin in OPEN or b.kin in OPEN:
        return EVERYTHING
    return _composed(a, b, Assumption.LOOSE).relationships


def ordered(relationships: Iterable[Relationship]) -> tuple[Relationship, ...]:
    """Relations in the order in which they are always shown."""
    found = frozenset(relationships)
    return tuple(r for r in Relationship if r in found)


@lru_cache(maxsize=8192)
def _relate_words(a: RelationWord, b: RelationWord, step_families: bool) -> Relation:  # noqa: FBT001
    step = _composed(a, b, Assumption.STEP)
    plain = _composed(a, b, Assumption.PLAIN)
    composed = step if step_families else plain
    ambiguities = list_ambiguities(a, b)
    proof = proof_set(a, b)
    return Relation(
        a=a.text,
        b=b.text,
        relations=ordered(composed.relationships),
        relations_without_step_families=ordered(plain.relationships),
        detail=tuple(kin for kin in KIN_ORDER if kin in composed.kin),
        same_person=composed.same_person,
        path=path_of_words(a, b, ordered(composed.relationships)),
        ambiguities=ambiguities,
        certain=len(step.relationships) == 1 and not _DECIDES_NOTHING & set(ambiguities),
        proven_by_book=len(proof) == 1 and Relationship.OTHER not in proof,
        reason=_reason(a, b, composed),
    )


def _composed(a: RelationWord, b: RelationWord, assumption: Assumption) -> Composed:
    """What the classes allow, for every meaning of the words, less what their ranks rule out."""
    parts = [
        compose_words(Bearer(x.kin, x.sex), Bearer(y.kin, y.sex), assumption)
        for x, y in product(a.meanings, b.meanings)
    ]
    kin = frozenset[KinRelation]().union(*(part.kin for part in parts))
    same = any(part.same_person for part in parts)
    return within_ranks(a, b, Composed(kin, same))


def _reason(a: RelationWord, b: RelationWord, composed: Composed) -> Message | None:
    if KinClass.UNKNOWN in (a.kin, b.kin):
        return Message(
            zh="至少一个称谓不在亲属称谓表中，不作推定。",
            en="At least one word is no known relation word; nothing is inferred.",
        )
    if composed.kin:
        return None
    if composed.same_person:
        return Message(
            zh="这两个称谓在一本户口簿中只能是同一个人。",
            en="In one book these two words can only belong to one person.",
        )
    return Message(
        zh="这两个称谓不可能同在一本户口簿中。",
        en="These two words cannot stand in one book.",
    )
