"""The family that the papers show, laid out as a small tree."""

from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from models.intake.application import Relationship
from models.kinship.claim import APPLICANT, MEMBER, Claims, HukouClaim, KinshipVerdict
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word

_UP: Final = {
    KinClass.CHILD: -1,
    KinClass.ADOPTED_CHILD: -1,
    KinClass.STEP_CHILD: -1,
    KinClass.SON_S_WIFE: -1,
    KinClass.DAUGHTER_S_HUSBAND: -1,
    KinClass.BROTHER_S_CHILD: -1,
    KinClass.SISTER_S_CHILD: -1,
    KinClass.NEPHEW_S_SPOUSE: -1,
    KinClass.SON_S_CHILD: -2,
    KinClass.DAUGHTER_S_CHILD: -2,
    KinClass.GRANDCHILD_S_SPOUSE: -2,
    KinClass.GREAT_GRANDCHILD: -3,
    KinClass.GREAT_GREAT_GRANDCHILD: -4,
    KinClass.NEPHEW_S_CHILD: -2,
    KinClass.PARENT: 1,
    KinClass.ADOPTIVE_PARENT: 1,
    KinClass.STEP_PARENT: 1,
    KinClass.HUSBAND_S_PARENT: 1,
    KinClass.WIFE_S_PARENT: 1,
    KinClass.FATHER_S_SIBLING: 1,
    KinClass.MOTHER_S_SIBLING: 1,
    KinClass.FATHER_S_SIBLING_S_SPOUSE: 1,
    KinClass.MOTHER_S_SIBLING_S_SPOUSE: 1,
    KinClass.FATHER_S_PARENT: 2,
    KinClass.MOTHER_S_PARENT: 2,
    KinClass.SPOUSE_S_GRANDPARENT: 2,
    KinClass.GREAT_GRANDPARENT: 3,
}
"""Generations above the householder; whoever is not named here is of the same."""

_CLAIMED_UP: Final = {
    Relationship.PARENT: 1,
    Relationship.GRANDPARENT: 2,
    Relationship.CHILD: -1,
    Relationship.GRANDCHILD: -2,
}


class TreeTie(NamedTuple):
    """What one paper says about two people.

    Attributes:
        word: As printed, or what a certificate calls the second person.
        up: Generations by which `other` stands above `one`.
        document: The file; empty for the form's own claim.
    """

    one: str
    other: str
    word: str
    up: int
    document: str


class TreePlace(NamedTuple):
    """Where a person stands: `row` from 0 at the top, `column` from 0."""

    person: str
    row: int
    column: int


class FamilyTree(NamedTuple):
    """People in rows of a generation, and the ties between them.

    Attributes:
        widest: People in the longest row.
        rows: How many rows there are.
        proven_by: The files on which the derivation rests.
    """

    places: tuple[TreePlace, ...]
    ties: tuple[TreeTie, ...]
    widest: int
    rows: int
    proven_by: frozenset[str]


def draw_family(claims: Claims, verdict: KinshipVerdict | None) -> FamilyTree:
    """Lay the people of all papers out; the form's claim joins the two where no paper does."""
    ties = tuple(_ties(claims))
    level = _levels(ties, verdict)
    top = max(level.values())
    rows: dict[int, list[str]] = {}
    for person in sorted(level, key=_rank):
        rows.setdefault(top - level[person], []).append(person)
    return FamilyTree(
        places=tuple(
            TreePlace(person, row, column)
            for row, people in sorted(rows.items())
            for column, person in enumerate(people)
        ),
        ties=ties,
        widest=max(len(people) for people in rows.values()),
        rows=max(rows) + 1,
        proven_by=frozenset(verdict.documents) if verdict else frozenset(),
    )


def unseen_householder(book: str) -> str:
    """The person who heads a book of which no page shows them."""
    return f"householder of {book}"


def _ties(claims: Claims) -> Iterable[TreeTie]:
    heads = {c.book: c.person for c in claims.hukou if _kin(c) is KinClass.HOUSEHOLDER}
    for page in claims.hukou:
        head = heads.get(page.book) or unseen_householder(page.book)
        if page.person and head != page.person:
            yield TreeTie(
                head, page.person, page.word or "?", _UP.get(_kin(page), 0), page.document
            )
    for birth in claims.parentage:
        for parent, word in ((birth.mother, "母"), (birth.father, "父")):
            if parent and birth.child:
                yield TreeTie(birth.child, parent, word, 1, birth.document)
    for marriage in claims.marriages:
        yield TreeTie(*marriage.spouses, "配偶", 0, marriage.document)


def _kin(page: HukouClaim) -> KinClass:
    return read_relation_word(page.word or "").kin


def _levels(ties: tuple[TreeTie, ...], verdict: KinshipVerdict | None) -> dict[str, int]:
    """Generations above the applicant; whom nothing ties to anybody stands in their row."""
    claimed = _CLAIMED_UP.get(verdict.claimed, 0) if verdict else 0
    people = {APPLICANT: 0, MEMBER: claimed} | {p: 0 for t in ties for p in (t.one, t.other)}
    placed: dict[str, int] = {}
    for start, height in ((APPLICANT, 0), (MEMBER, claimed), *people.items()):
        if start not in placed:
            placed[start] = height
            _spread(start, ties, placed)
    return placed


def _spread(start: str, ties: tuple[TreeTie, ...], placed: dict[str, int]) -> None:
    waiting = deque([start])
    while waiting:
        person = waiting.popleft()
        for tie in ties:
            for known, other, up in ((tie.one, tie.other, tie.up), (tie.other, tie.one, -tie.up)):
                if known == person and other not in placed:
                    placed[other] = placed[person] + up
                    waiting.append(other)


def _rank(person: str) -> tuple[int, str]:
    return ({APPLICANT: 0, MEMBER: 2}.get(person, 1), person)
