"""What the pages of one hukou book say its people are to each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from typing import Final, NamedTuple

from models.intake.application import Relationship
from models.kinship.claim import Ambiguity, HukouClaim
from models.kinship.kin_class import NO_NEAR_RELATIVE, KinClass
from models.kinship.relation_word import RelationWord, read_relation_word
from tasks.kinship.proof.statements import HUKOU, KinshipStatement, NamedEnds
from tasks.kinship.proof.wording import path_of_words
from tasks.kinship.worlds.ambiguities import list_ambiguities
from tasks.kinship.worlds.relate import ordered, possible_set, presumptions, proof_set

_HOUSEHOLDER_SEX: Final = {KinClass.HUSBAND_S_PARENT: "女", KinClass.WIFE_S_PARENT: "男"}


class BookPage(NamedTuple):
    """One person's place in one book.

    Attributes:
        person: Identity.
        word: The word, with the sex of the person where the word leaves it open.
        documents: The files that show it.
    """

    person: str
    word: RelationWord
    documents: frozenset[str]


class HukouBook(NamedTuple):
    """The usable pages of one booklet, and why others are not.

    Attributes:
        key: Opaque key of the booklet.
        pages: One for each person whose place is clear.
        people: Everybody who has a page, usable or not.
        doubt: Why the pages that are missing decide nothing; None when none is missing.
        no_relatives: Pairs of a householder and whoever the book calls 非亲属 or 其他亲属, with the
            files that say so.
    """

    key: str
    pages: tuple[BookPage, ...]
    people: frozenset[str]
    doubt: Ambiguity | None = None
    no_relatives: tuple[tuple[str, str, frozenset[str]], ...] = ()


def open_books(claims: Iterable[HukouClaim], *, min_confidence: float) -> tuple[HukouBook, ...]:
    """Sort pages into books, leaving out what cannot be relied on.

    A collective household relates nobody (集体户). Two householders in one book mean that it was
    reissued between the pages (K10). A word whose sex is not its bearer's, or that does not fit
    the householder's, is not believed.
    """
    grouped: dict[str, list[HukouClaim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.book].append(claim)
    return tuple(_open(key, grouped[key], min_confidence) for key in sorted(grouped))


def book_evidence(
    book: HukouBook, views: Callable[[str, str], NamedEnds], set_aside: frozenset[Ambiguity]
) -> Iterator[KinshipStatement]:
    """What every two people of the book are to each other, by their words.

    Args:
        book: One booklet.
        views: Names the two ends of a sentence.
        set_aside: Doubts that do not stand in the way of a proof.
    """
    for a, b in permutations(book.pages, 2):
        possible = possible_set(a.word, b.word)
        if not possible:
            continue
        proof = proof_set(a.word, b.word, set_aside)
        possible |= proof
        presumed = presumptions(a.word, b.word)
        if a.word.generic or b.word.generic:
            proof |= {Relationship.OTHER}
        one, other = views(a.person, b.person)
        yield KinshipStatement(
            x=a.person,
            y=b.person,
            possible=possible,
            proof=proof,
            documents=a.documents | b.documents,
            kinds=frozenset({HUKOU}),
            path=path_of_words(a.word, b.word, _shown(possible, proof), names=(one, other)),
            ambiguities=frozenset(list_ambiguities(a.word, b.word)) | (presumed - set_aside),
            asserted=_asserted(a, b),
            book=book.key,
            presumes=presumed & set_aside,
        )


def _asserted(a: BookPage, b: BookPage) -> Relationship | None:
    """The one relation that the words say, whatever the policy makes of it."""
    if a.word.generic or b.word.generic:
        return None
    said = proof_set(a.word, b.word)
    return next(iter(said)) if len(said) == 1 else None


def _shown(
    possible: frozenset[Relationship], proof: frozenset[Relationship]
) -> tuple[Relationship, ...]:
    """The one relation that the book proves, else all that it leaves possible."""
    return ordered(proof if len(proof) == 1 and Relationship.OTHER not in proof else possible)


def _open(key: str, claims: list[HukouClaim], min_confidence: float) -> HukouBook:
    people = frozenset(claim.person for claim in claims)
    sure = [claim for claim in claims if claim.confidence >= min_confidence and claim.word]
    if any(claim.collective for claim in claims):
        return HukouBook(key, (), people, Ambiguity.K9)
    words = {claim: read_relation_word(claim.word) for claim in sure}
    householders = {c.person for c, word in words.items() if word.kin is KinClass.HOUSEHOLDER}
    if len(householders) > 1:
        return HukouBook(key, (), people, Ambiguity.K10)
    sex = _householder_sex(claims, householders)
    # A word of two meanings stays open, even where one of them cannot be (K9).
    fitting = {
        c: word
        for c, word in words.items()
        if not word.open and any(_fits(c, one, sex) for one in word.meanings)
    }
    pages = tuple(_pages(fitting))
    missing = people - {page.person for page in pages}
    unrelated = tuple(
        (head, c.person, frozenset({c.document}))
        for head in householders
        for c, word in words.items()
        if word.kin in NO_NEAR_RELATIVE
    )
    return HukouBook(key, pages, people, Ambiguity.K9 if missing else None, unrelated)


def _householder_sex(claims: list[HukouClaim], householders: set[str]) -> str | None:
    """The householder's sex where the pages agree on one."""
    sexes = {claim.householder_sex for claim in claims}
    sexes |= {claim.sex for claim in claims if claim.person in householders}
    known = sexes & {"男", "女"}
    return known.pop() if len(known) == 1 else None


def _fits(claim: HukouClaim, word: RelationWord, householder_sex: str | None) -> bool:
    """Whether the word's sex is its bearer's, and its kind possible with this householder."""
    if word.sex and claim.sex in {"男", "女"} and word.sex != claim.sex:
        return False
    if householder_sex is None:
        return True
    needed = _HOUSEHOLDER_SEX.get(word.kin)
    if needed:
        return needed == householder_sex
    return word.kin is not KinClass.SPOUSE or word.sex != householder_sex


def _pages(words: dict[HukouClaim, RelationWord]) -> Iterator[BookPage]:
    by_person: dict[str, list[tuple[HukouClaim, RelationWord]]] = defaultdict(list)
    for claim, word in words.items():
        by_person[claim.person].append((claim, word))
    for person in sorted(by_person):
        found = by_person[person]
        kinds = {word.kin for _, word in found}
        sexes = {word.sex or claim.sex for claim, word in found} & {"男", "女"}
        if len(kinds) > 1 or len(sexes) > 1:
            continue
        word = min(found, key=lambda f: (len(f[1].also), f[1]))[1]._replace(
            sex=next(iter(sexes), None)
        )
        yield BookPage(person, word, frozenset(claim.document for claim, _ in found))
