"""Whether the words of a book fit the birth dates of those who bear them.

A word is relative to the householder of its own day (K10). 姐姐 of somebody younger than the
householder, or a second 长女, was printed for another householder, or is a slip: a person looks.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.identity.id_number import full_id_number, valid_id_number
from models.intake.application import PersonRole
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import RelationWord, read_relation_word
from models.reading.document import DocumentKind
from tasks.checks.check_context import PASS, UNSETTLED, Answer, CheckContext, answer, check, seen
from tasks.checks.documents.completeness import rests_on_book
from tasks.checks.documents.householder_changes import householder_did_not_change
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.kinship.worlds.ranks import names_elder

_WORD: Final = "relation_to_householder"
_COUNTED: Final = frozenset({KinClass.CHILD, KinClass.SIBLING})
_PARENTS: Final = frozenset({KinClass.PARENT, KinClass.ADOPTIVE_PARENT})
_GRANDPARENTS: Final = frozenset({KinClass.FATHER_S_PARENT, KinClass.MOTHER_S_PARENT})
_CHILDREN: Final = frozenset({KinClass.CHILD, KinClass.ADOPTED_CHILD})
_GRANDCHILDREN: Final = frozenset({KinClass.SON_S_CHILD, KinClass.DAUGHTER_S_CHILD})


class _Entry(NamedTuple):
    """One page with the word and the birth date of its bearer."""

    page: AssignedDocument
    word: RelationWord
    born: dt.date


@check
def relation_words_fit_births(case: CheckContext) -> Answer:
    """Where a book proves the claim, its words fit who of its people is the elder.

    How far the two of the form are apart is asked by itself (X10).
    """
    if not case.proven or not rests_on_book(case):
        return PASS
    if householder_did_not_change(case).verdict is not CheckVerdict.PASSED:
        return UNSETTLED  # then that is why, and it is told
    faults = [
        pair for book in _books_of_the_proof(case) for pair in _misfits(case, _entries(case, book))
    ]
    return answer(
        finding(
            Reason.RELATIONSHIP_NOT_DETERMINED,
            *(seen(entry.page, _WORD) for entry in pair),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="户口页上的称谓与出生先后不符",
            en="the words on the pages do not fit who was born first",
        )
        for pair in faults
    )


def _books_of_the_proof(case: CheckContext) -> list[str]:
    documents = case.kinship.documents if case.kinship else ()
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    return sorted({p.book for p in pages if p.book and p.reading.place in documents})


def _entries(case: CheckContext, book: str) -> list[_Entry]:
    """The pages of a book whose word was read at all and whose bearer's birth date is known."""
    least = case.policy.reading.confidence.name_beside_number
    return [
        _Entry(page, read_relation_word(field.value), born)
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if page.book == book
        and (field := page.reading.fields.get(_WORD)) is not None
        and field.confidence >= least
        and (born := _born(case, page)) is not None
    ]


def _born(case: CheckContext, page: AssignedDocument) -> dt.date | None:
    """When the bearer was born: by the form, the number on the page, or the printed day."""
    if page.meant_for is not None and page.sure:
        return case.born(page.meant_for)
    number = valid_id_number(full_id_number(case.trusted(page, "id_number") or ""), today=case.on)
    return number.birth_date if number else date_or_none(case.trusted(page, "birth_date"))


def _misfits(case: CheckContext, entries: list[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Pairs of which one carries the proof and whose words and births cannot both be right."""
    documents = case.kinship.documents if case.kinship else ()
    for one, other in combinations(entries, 2):
        proving = {one.page.reading.place, other.page.reading.place} & set(documents)
        if not proving or one.page.person == other.page.person:
            continue
        if _is_head(one):
            wrong = _unlike_householder(case, one, other)
        elif _is_head(other):
            wrong = _unlike_householder(case, other, one)
        else:
            wrong = _counted_wrongly(one, other)
        if wrong:
            yield one, other


def _is_head(entry: _Entry) -> bool:
    return entry.word.kin is KinClass.HOUSEHOLDER


def _unlike_householder(case: CheckContext, head: _Entry, relative: _Entry) -> bool:
    """Whether the relative cannot be, by birth, what the word calls them to this householder."""
    word, rules = relative.word, case.policy.plausibility
    if word.also:
        return False
    if word.kin is KinClass.SIBLING:
        elder = names_elder(word.text)
        apart = head.born != relative.born
        return elder is not None and apart and elder != (relative.born < head.born)
    if {head.page.meant_for, relative.page.meant_for} == set(PersonRole):
        return False
    older, younger = (
        (relative.born, head.born)
        if word.kin in _PARENTS | _GRANDPARENTS
        else (head.born, relative.born)
    )
    if word.kin in _PARENTS | _CHILDREN:
        return _years(older, younger) < rules.parent_min_years
    if word.kin in _GRANDPARENTS | _GRANDCHILDREN:
        return _years(older, younger) < rules.grandparent_min_years
    return False


def _years(elder: dt.date, younger: dt.date) -> int:
    before_birthday = (younger.month, younger.day) < (elder.month, elder.day)
    return younger.year - elder.year - before_birthday


def _counted_wrongly(one: _Entry, other: _Entry) -> bool:
    """Whether two sons, or two daughters, are counted alike (two 长女) or against their births."""
    same_kind = one.word.kin is other.word.kin and one.word.sex == other.word.sex
    if not same_kind or one.word.kin not in _COUNTED or one.word.sex is None:
        return False
    first, second = one.word.rank, other.word.rank
    if first is None or second is None:
        return False
    return first == second or (first < second) != (one.born <= other.born)
