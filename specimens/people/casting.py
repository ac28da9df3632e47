"""Who of the gallery plays whom: sex and age decide, and nobody plays twice in one family."""

from specimens.dice import Dice
from specimens.faces.cast import CAST
from specimens.people.person import InventedPerson

_CHOICE = 2
_ORDER = (
    "father",
    "mother",
    "child",
    "grand",
    "mothers_",
    "stranger",
    "stepchild",
    "uncle",
    "cousin",
)


def give_faces(people: dict[str, InventedPerson], dice: Dice) -> dict[str, InventedPerson]:
    """Everybody with a face of the same sex and about the same age; the chief persons first."""
    free = {role.id: role for role in CAST}
    cast: dict[str, str] = {}
    for key in sorted(people, key=_rank):
        person = people[key]
        fitting = [role for role in free.values() if role.sex == person.sex]
        fitting.sort(key=lambda role: (abs(role.age - person.age), role.id))
        cast[key] = dice.pick(fitting[:_CHOICE]).id
        del free[cast[key]]
    return {key: person._replace(face=cast[key]) for key, person in people.items()}


def other_face(person: InventedPerson, taken: set[str]) -> str:
    """The face nearest in sex and age that is not among those taken."""
    fitting = [role for role in CAST if role.sex == person.sex and role.id not in taken]
    return min(fitting, key=lambda role: (abs(role.age - person.age), role.id)).id


def _rank(key: str) -> tuple[int, str]:
    number = next((n for n, start in enumerate(_ORDER) if key.startswith(start)), len(_ORDER))
    return number, key
