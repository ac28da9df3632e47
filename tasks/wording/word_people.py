"""How an applicant's sentence calls the people: by their relation to the applicant, and by sex."""

from collections.abc import Collection
from typing import Final

from models.checks.finding import Subject
from models.checks.reason import Reason
from models.identity.id_number import valid_id_number
from models.intake.application import Application, Relationship
from tasks.wording.sentences import Sentences


def member_called(
    words: Sentences, relationship: Relationship | None, sex: str | None = None
) -> str:
    """How the applicant's relative is called; by sex (男, 女) where it is known."""
    asked = relationship or Relationship.OTHER
    by_sex = words.persons.of_sex.get(asked, {})
    return by_sex.get(sex or "", words.persons.member[asked])


def member_sex(application: Application | None, doubted: Collection[Reason] = ()) -> str | None:
    """The member's sex by the number in the form; None where that is no number, or in doubt."""
    if application is None or _OF_THE_NUMBER & set(doubted):
        return None
    number = valid_id_number(application.member.id_number, today=application.submitted_on)
    return number.sex if number else None


_OF_THE_NUMBER: Final = frozenset(
    {Reason.SEX_OR_NUMBER_CONFLICT, Reason.RELATIONSHIP_CONTRADICTED, Reason.BINDING_ONESELF}
)
"""While one of these is open the number may be another person's, of another sex."""


def people_of(
    words: Sentences,
    subject: Subject | None,
    relationship: Relationship | None,
    sex: str | None = None,
    *,
    named: bool = True,
) -> dict[str, str]:
    """How the persons are called in the parts of a reason, and what proves their relation.

    Where the papers name another relation (`named` is False) nobody is called by the stated one.
    """
    member = member_called(words, relationship if named else None, sex)
    who = {
        Subject.APPLICANT: words.persons.applicant,
        Subject.MEMBER: member,
    }.get(subject or Subject.APPLICATION, words.persons.either.format(member=member))
    possessives = words.possessives
    whose = {
        Subject.APPLICANT: possessives.applicant,
        Subject.MEMBER: possessives.member,
    }.get(subject or Subject.APPLICATION, possessives.either)
    return {
        "who": who,
        "whose": whose.format(member=member),
        "member": member,
        "proof": words.proofs[relationship or Relationship.OTHER],
    }
