"""A family of three generations as a graph: who was born to whom, who married whom."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship
from specimens.dice import Dice
from specimens.people.casting import give_faces
from specimens.people.counties import PLACES, County, invent_address
from specimens.people.invented_names import NameStyle, invent_style, invent_surname
from specimens.people.person import InventedPerson, birth_date_at_age, invent_person

COUPLES: Final = (
    ("grandfather", "grandmother"),
    ("mothers_father", "mothers_mother"),
    ("father", "mother"),
    ("uncle", "uncles_wife"),
)
"""Married pairs, husband first."""

_NATIVE: Final = MappingProxyType(
    {**dict.fromkeys(("father", "uncle", "cousin"), "grandfather"), "mother": "mothers_father"}
)
"""Whose native place is entered for whom."""


class InventedFamily(NamedTuple):
    """Everybody by their key, with the bonds that make them a family.

    Attributes:
        people: father, mother, child1 and so on; grandfather and grandmother are the father's
            parents; uncle is the father's brother, cousin his child; stepchild is the mother's
            child by a man who is not here.
        parents: Of each key, the keys of father and mother; None for one who is not here.
        home: Where most of them live.
    """

    people: dict[str, InventedPerson]
    parents: dict[str, tuple[str | None, str | None]]
    home: County
    style: NameStyle

    def children_of(self, key: str) -> list[str]:
        """Keys of somebody's children, eldest first."""
        found = [child for child, parents in self.parents.items() if key in parents]
        return sorted(found, key=lambda child: self.people[child].birth_date)

    def spouse_of(self, key: str) -> str | None:
        """Key of the husband or wife."""
        for pair in COUPLES:
            if key in pair:
                return pair[1 - pair.index(key)]
        return None

    def parents_of(self, key: str) -> tuple[str, ...]:
        """Keys of the parents who are in the family."""
        return tuple(parent for parent in self.parents.get(key, ()) if parent)

    def siblings_of(self, key: str) -> list[str]:
        """Keys of those who share both parents."""
        mine = self.parents.get(key)
        return [other for other, theirs in self.parents.items() if theirs == mine and other != key]

    def relationship(self, applicant: str, member: str) -> Relationship:
        """What the member is to the applicant, in truth."""
        if self.spouse_of(applicant) == member:
            return Relationship.SPOUSE
        if member in self.parents_of(applicant):
            return Relationship.PARENT
        if applicant in self.parents_of(member):
            return Relationship.CHILD
        if member in self.siblings_of(applicant):
            return Relationship.SIBLING
        if any(member in self.parents_of(parent) for parent in self.parents_of(applicant)):
            return Relationship.GRANDPARENT
        if any(applicant in self.parents_of(parent) for parent in self.parents_of(member)):
            return Relationship.GRANDCHILD
        return Relationship.OTHER


def invent_family(
    dice: Dice,
    *,
    child_ages: Sequence[int] = (7,),
    child_sexes: Sequence[str] = (),
    style: NameStyle | None = None,
) -> InventedFamily:
    """A family around children of these ages (years on the day of submission).

    Args:
        dice: Chance.
        child_ages: Eldest first, 0 to 40.
        child_sexes: 男 or 女 for each child; drawn where it is too short.
        style: How they are called; drawn when None.
    """
    style = style or invent_style(dice)
    home = dice.pick(PLACES)
    ages, sexes = _ages(child_ages, dice), _sexes(child_ages, child_sexes, dice)
    surnames = _surnames(style, dice)
    address = invent_address(home, dice)
    people = {}
    for key, age in ages.items():
        place = home if dice.chance(0.7) else dice.pick(PLACES)
        people[key] = invent_person(
            key,
            sexes[key],
            birth_date_at_age(age, dice),
            surnames[key],
            place,
            address,
            style,
            dice.fork(key),
        )
    people = give_faces(_distinct_names(_with_native_places(people)), dice.fork("faces"))
    return InventedFamily(people, _parents(len(child_ages)), home, style)


def _with_native_places(people: dict[str, InventedPerson]) -> dict[str, InventedPerson]:
    elders = {key: "grandfather" for key in people if key.startswith("child")} | _NATIVE
    return {
        key: person._replace(native_place=people[elders[key]].place) if key in elders else person
        for key, person in people.items()
    }


def _ages(child_ages: Sequence[int], dice: Dice) -> dict[str, int]:
    eldest = max(child_ages)
    stepchild = eldest + dice.whole(2, 4)
    mother = stepchild + dice.whole(22, 27)
    father = max(mother + dice.whole(-2, 4), stepchild + 23)
    uncle = father - dice.whole(2, 4)
    ages = {
        "grandfather": father + dice.whole(25, 29),
        "grandmother": father + dice.whole(23, 25),
        "mothers_father": mother + dice.whole(25, 28),
        "mothers_mother": mother + dice.whole(22, 25),
        "father": father,
        "mother": mother,
        "uncle": uncle,
        "uncles_wife": uncle - dice.whole(0, 2),
        "cousin": max(0, eldest - dice.whole(1, 3)),
        "stepchild": stepchild,
        "stranger": father + dice.whole(-3, 3),
    }
    return ages | {f"child{i}": age for i, age in enumerate(child_ages, 1)}


def _sexes(child_ages: Sequence[int], given: Sequence[str], dice: Dice) -> dict[str, str]:
    sexes = {man: "男" for man, _ in COUPLES} | {woman: "女" for _, woman in COUPLES}
    for key in ("cousin", "stepchild", "stranger"):
        sexes[key] = dice.pick("男女")
    for i in range(len(child_ages)):
        sexes[f"child{i + 1}"] = given[i] if i < len(given) else dice.pick("男女")
    return sexes


def _surnames(style: NameStyle, dice: Dice) -> dict[str, str]:
    line = invent_surname(style, dice)
    surnames = dict.fromkeys(("grandfather", "father", "uncle", "cousin"), line)
    mothers = invent_surname(style, dice)
    surnames |= dict.fromkeys(("mothers_father", "mother"), mothers)
    for key in ("grandmother", "mothers_mother", "uncles_wife", "stepchild", "stranger"):
        surnames[key] = invent_surname(style, dice)
    children = mothers if dice.chance(0.06) else line
    return surnames | {f"child{i}": children for i in range(1, 6)}


def _parents(children: int) -> dict[str, tuple[str | None, str | None]]:
    bonds: dict[str, tuple[str | None, str | None]] = {
        "father": ("grandfather", "grandmother"),
        "uncle": ("grandfather", "grandmother"),
        "mother": ("mothers_father", "mothers_mother"),
        "cousin": ("uncle", "uncles_wife"),
        "stepchild": (None, "mother"),
    }
    return bonds | {f"child{i}": ("father", "mother") for i in range(1, children + 1)}


def _distinct_names(people: dict[str, InventedPerson]) -> dict[str, InventedPerson]:
    """Two of one name in one family would make the truth unclear: lengthen the second."""
    seen: set[str] = set()
    for key, person in people.items():
        name = person.name
        while name in seen:
            name += "宁" if person.sex == "女" else "安"
        seen.add(name)
        people[key] = person._replace(name=name)
    return people
