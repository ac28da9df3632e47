"""What notarial certificates state besides what is claimed: another relation, or another person.

The words are free text. What no table knows (继父女关系, 前夫妻关系) proves nothing by itself;
beside other papers that prove the claim it speaks against them, and a person reads it.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from models.intake.application import PersonRole, Relationship
from models.kinship.claim import APPLICANT, MEMBER
from models.kinship.named_relation import NamedPerson, between, wording_fits
from models.reading.document import DocumentKind
from tasks.checks.check_context import CheckContext
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.kinship.collect_claims import people_named

_WORDS: Final = "relation_stated"
_PREFIXES: Final = ("applicant_", "related_")


def stated_otherwise(case: CheckContext) -> Iterator[AssignedDocument]:
    """Certificates whose sure words speak against what the papers otherwise prove."""
    if not case.proven:
        return
    for paper in case.papers.of_kind(DocumentKind.KINSHIP_NOTARIAL):
        words = case.trusted(paper, _WORDS)
        named = people_named(paper.reading, case.people)
        theirs = {*named} & {APPLICANT, MEMBER}
        if words is None or not theirs:
            continue
        if len(theirs) == len(PersonRole):
            if _said_of_member(case, words) is not case.application.relationship:
                yield paper
        elif _in_the_claimed_place(case, paper, words, named):
            yield paper


def _said_of_member(case: CheckContext, words: str) -> Relationship | None:
    """What the words make the member to the applicant; None for words that no table knows."""
    return between(words, case.born(PersonRole.APPLICANT), case.born(PersonRole.MEMBER))


def _in_the_claimed_place(
    case: CheckContext, paper: AssignedDocument, words: str, named: tuple[str, str]
) -> bool:
    """Whether a third person is stated to be the spouse, or a parent of the claimed one's sex."""
    place = next(i for i, person in enumerate(named) if person in {APPLICANT, MEMBER})
    own, third = PersonRole(named[place]), _PREFIXES[1 - place]
    if case.trusted(paper, f"{third}name") is None:
        return False
    born = date_or_none(case.trusted(paper, f"{third}birth_date"))
    third_is = between(words, case.born(own), born)
    if third_is is Relationship.SPOUSE:
        return case.application.relationship is Relationship.SPOUSE
    return third_is is Relationship.PARENT and _may_be_the_parent(case, own, words, born)


def _may_be_the_parent(
    case: CheckContext, child: PersonRole, words: str, born: dt.date | None
) -> bool:
    """Whether the form makes this one the child, and the words fit a parent of that sex."""
    of_claim = {
        Relationship.CHILD: (PersonRole.MEMBER, PersonRole.APPLICANT),
        Relationship.PARENT: (PersonRole.APPLICANT, PersonRole.MEMBER),
    }
    claimed = case.application.relationship
    if claimed not in of_claim or of_claim[claimed][0] is not child:
        return False
    parent = case.stated(of_claim[claimed][1]).number
    number = case.stated(child).number
    return wording_fits(
        words,
        NamedPerson(parent.sex if parent else None, born),
        NamedPerson(number.sex if number else None, case.born(child)),
    )
