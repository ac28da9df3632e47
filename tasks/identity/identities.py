"""Who somebody on a paper is: the applicant, the member, or a third person.

A valid number that was read surely decides. Without one, name and birth date together do. A name
alone never makes two people one; a number that fails its own check is a misread, not a stranger.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from models.identity.id_number import IdNumber, full_id_number, valid_id_number
from models.identity.person_name import is_name, normalise_name
from models.intake.application import Application, PersonRole
from models.kinship.claim import APPLICANT, MEMBER
from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading
from tasks.identity.similarity import (
    MISREAD_DIGITS,
    Similarity,
    compare_names,
    compare_numbers,
    digits_apart,
)

ROLES = (APPLICANT, MEMBER)


class StatedPerson(NamedTuple):
    """What the form says about one of the two people; None for what is missing or malformed."""

    name: str | None
    number: IdNumber | None
    born: dt.date | None


class IdentitySigns(NamedTuple):
    """What one paper shows of one person; `*_sure` by the policy's confidences."""

    name: str | None
    name_sure: bool
    number: str | None
    number_sure: bool
    number_twice: bool
    born: dt.date | None
    born_sure: bool


class Identity(NamedTuple):
    """Whom a paper is about.

    Attributes:
        person: `APPLICANT`, `MEMBER` or an opaque key of a third person.
        sure: Whether that is settled; otherwise nothing may be proven by it.
        meant_for: Whose paper it was meant to be, where another person's stands in its place.
    """

    person: str
    sure: bool
    meant_for: PersonRole | None

    @classmethod
    def of(cls, role: str, *, sure: bool) -> "Identity":
        """One of the two people of the application."""
        return cls(role, sure, PersonRole(role))


@dataclass
class People:
    """Everybody who turns up in one application's papers; grows while the papers are sorted."""

    stated: dict[str, StatedPerson]
    today: dt.date
    _thirds: dict[str, str] = field(default_factory=dict)
    _strangers: int = 0

    @classmethod
    def of(cls, application: Application) -> "People":
        """The two people whom the form names."""
        today = application.submitted_on
        stated = {}
        for role, person in ((APPLICANT, application.applicant), (MEMBER, application.member)):
            number = valid_id_number(person.id_number, today=today)
            name = normalise_name(person.name or "")
            stated[role] = StatedPerson(
                name if is_name(name) else None, number, number.birth_date if number else None
            )
        return cls(stated, today)

    def identify(self, signs: IdentitySigns, hint: PersonRole | None) -> Identity:
        """Whom these signs belong to; a hint only breaks a tie or fills a silence."""
        return (
            self._by_number(signs)
            or self._by_name_and_birth(signs, hint)
            or self._by_hint(signs, hint)
            or Identity(self.stranger(), sure=False, meant_for=None)
        )

    def by_number(self, number: str | None, *, sure: bool, twice: bool) -> str | None:
        """The person of a number on its own (a parent on a certificate); None if not settled."""
        if number is None:
            return None
        signs = IdentitySigns(None, False, number, sure, twice, None, False)  # noqa: FBT003
        found = self._by_number(signs)
        return found.person if found and found.sure else None

    def stranger(self) -> str:
        """A new third person, like nobody else."""
        self._strangers += 1
        return f"third-{len(self._thirds) + self._strangers}"

    def _third(self, number: str) -> str:
        if number not in self._thirds:
            self._thirds[number] = f"number-{len(self._thirds) + 1}"
        return self._thirds[number]

    def _by_number(self, signs: IdentitySigns) -> Identity | None:
        if signs.number is None:
            return None
        likeness = {
            role: compare_numbers(signs.number, stated.number.text, today=self.today)
            for role in ROLES
            if (stated := self.stated[role]).number
        }
        same = [role for role, how in likeness.items() if how is Similarity.SAME]
        if same:
            return Identity.of(same[0], sure=True)
        alike = [role for role, how in likeness.items() if how is Similarity.ALIKE]
        if whole := valid_id_number(full_id_number(signs.number), today=self.today):
            alike = [] if signs.number_twice else self._nearly(whole.text)
            if signs.number_sure and not alike:
                role = self._namesake(signs.name)
                return Identity(self._third(whole.text), sure=True, meant_for=role)
        return Identity.of(alike[0], sure=False) if len(alike) == 1 else None

    def _nearly(self, number: str) -> list[str]:
        """Roles whose number a double misread of one reader could have turned into this one."""
        numbers = {role: self.stated[role].number for role in ROLES}
        return [
            r for r, n in numbers.items() if n and digits_apart(number, n.text) <= MISREAD_DIGITS
        ]

    def _namesake(self, name: str | None) -> PersonRole | None:
        if name is None:
            return None
        same = [r for r in ROLES if (n := self.stated[r].name) and normalise_name(name) == n]
        return PersonRole(same[0]) if len(same) == 1 else None

    def _by_name_and_birth(self, signs: IdentitySigns, hint: PersonRole | None) -> Identity | None:
        if signs.name is None:
            return None
        ranked = sorted(
            ((self._rank(signs, role), role == hint, role) for role in ROLES), reverse=True
        )
        rank, _, role = ranked[0]
        if rank == 0 or (rank == ranked[1][0] and hint is None):
            return None
        sure = rank == _NAME_AND_BIRTH and signs.name_sure and signs.born_sure
        return Identity.of(role, sure=sure and rank != ranked[1][0])

    def _rank(self, signs: IdentitySigns, role: str) -> int:
        stated = self.stated[role]
        if signs.name is None or stated.name is None:
            return 0
        name = compare_names(signs.name, stated.name)
        if signs.born and stated.born:
            born = _NAME_AND_BIRTH if signs.born == stated.born else 1
        else:
            born = 2
        return {Similarity.SAME: born, Similarity.ALIKE: min(born, 2), Similarity.DIFFERENT: 0}[
            name
        ]

    def _by_hint(self, signs: IdentitySigns, hint: PersonRole | None) -> Identity | None:
        says_nothing = signs.name is None or not signs.name_sure
        if hint is None or not says_nothing:
            return None
        return Identity.of(hint.value, sure=False)


_NAME_AND_BIRTH = 3


def signs_on(reading: DocumentReading, rules: ReadingRules, prefix: str = "") -> IdentitySigns:
    """The signs of a person on a paper, whose fields may share a prefix (`mother_`)."""

    def sure(name: str) -> bool:
        return rules.trusts(name, reading.fields.get(name))

    name, number, born = f"{prefix}name", f"{prefix}id_number", f"{prefix}birth_date"
    second = reading.fields[number].second if number in reading.fields else None
    return IdentitySigns(
        name=reading.value(name),
        name_sure=sure(name),
        number=reading.value(number),
        number_sure=sure(number),
        number_twice=second is not None and second == reading.value(number),
        born=date_or_none(reading.value(born)),
        born_sure=sure(born),
    )


def date_or_none(text: str | None) -> dt.date | None:
    """A normalised date, also from a moment; None for anything else."""
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
