"""Some paper of some invented family, flat: for measuring one kind at a time."""

from collections.abc import Callable

from models.application import Relationship
from models.document import DocumentKind
from specimens.dice import Dice
from specimens.families import Family, invent_family
from specimens.households import Household, invent_household
from specimens.papers.birth_certificate import draw_birth_certificate, invent_birth
from specimens.papers.commitment_letter import draw_commitment_letter
from specimens.papers.hukou_cover import draw_hukou_cover
from specimens.papers.hukou_member import draw_hukou_member
from specimens.papers.id_card import draw_emblem_side, draw_portrait_side
from specimens.papers.lookalike import LOOKALIKES, draw_lookalike
from specimens.papers.paper import Bench, Paper
from specimens.papers.selfie import take_selfie
from specimens.people import TODAY, card_term


def any_paper(kind: DocumentKind, bench: Bench, *, seals: bool = True) -> Paper:
    """A random paper of a kind, flat.

    Args:
        kind: Which.
        bench: Chance, styles, scale.
        seals: False leaves the red seals of a sealed kind out.

    Raises:
        ValueError: A kind that is not drawn.
    """
    drawers: dict[DocumentKind, Callable[[Bench], Paper]] = {
        DocumentKind.ID_CARD_PORTRAIT: _portrait_side,
        DocumentKind.ID_CARD_EMBLEM: _emblem_side,
        DocumentKind.HUKOU_COVER: _cover,
        DocumentKind.HUKOU_MEMBER: _member,
        DocumentKind.BIRTH_CERTIFICATE: _birth,
        DocumentKind.SELFIE: _selfie,
        DocumentKind.COMMITMENT_LETTER: _letter,
        DocumentKind.OTHER: _other,
    }
    if kind not in drawers:
        message = f"{kind.value} is not drawn"
        raise ValueError(message)
    sealed: dict[DocumentKind, Callable[..., Paper]] = {
        DocumentKind.HUKOU_COVER: _cover,
        DocumentKind.HUKOU_MEMBER: _member,
        DocumentKind.BIRTH_CERTIFICATE: _birth,
    }
    if kind in sealed and not seals:
        return sealed[kind](bench, seals=False)
    return drawers[kind](bench)


def _portrait_side(bench: Bench) -> Paper:
    family = _family(bench.dice)
    key = bench.dice.pick(sorted(family.people))
    return draw_portrait_side(family.people[key], bench)


def _emblem_side(bench: Bench) -> Paper:
    family = _family(bench.dice)
    person = family.people[bench.dice.pick(sorted(family.people))]
    return draw_emblem_side(card_term(person, bench.dice, expired=bench.dice.chance(0.15)), bench)


def _cover(bench: Bench, *, seals: bool = True) -> Paper:
    return draw_hukou_cover(_house(_family(bench.dice), bench.dice), bench, seals=seals)


def _member(bench: Bench, *, seals: bool = True) -> Paper:
    family = _family(bench.dice)
    house = _house(family, bench.dice)
    key = bench.dice.pick(sorted(house.words))
    return draw_hukou_member(family.people[key], house, bench, seals=seals)


def _birth(bench: Bench, *, seals: bool = True) -> Paper:
    dice = bench.dice
    family = _family(dice)
    father = None if dice.chance(0.12) else family.people["father"]
    birth = invent_birth(family.people["child1"], family.people["mother"], father, dice)
    return draw_birth_certificate(birth, bench, seals=seals)


def _selfie(bench: Bench) -> Paper:
    family = _family(bench.dice)
    return take_selfie(family.people[bench.dice.pick(("father", "mother", "uncle"))], bench)


def _letter(bench: Bench) -> Paper:
    people, dice = _family(bench.dice).people, bench.dice
    return draw_commitment_letter(
        people["father"],
        people["child1"],
        Relationship.CHILD,
        TODAY,
        bench,
        signed=dice.chance(0.8),
    )


def _other(bench: Bench) -> Paper:
    family = _family(bench.dice)
    return draw_lookalike(bench.dice.pick(LOOKALIKES), family.people["father"], bench)


def _family(dice: Dice) -> Family:
    eldest = dice.whole(0, 19)
    ages = [eldest] + [max(0, eldest - dice.whole(2, 5)) for _ in range(dice.whole(0, 2))]
    return invent_family(dice.fork("family"), child_ages=sorted(set(ages), reverse=True))


def _house(family: Family, dice: Dice) -> Household:
    head = dice.pick(("father", "mother", "grandfather", "father", "child1"))
    children = tuple(key for key in family.people if key.startswith("child"))
    everybody = {
        "father": ("mother", *children, "grandmother"),
        "mother": ("father", *children, "mothers_mother"),
        "grandfather": ("grandmother", "father", "mother", *children, "uncle", "cousin"),
        "child1": (*tuple(k for k in children if k != "child1"), "father", "mother", "grandfather"),
    }
    house = invent_household(family, head, everybody[head], dice.fork("house"))
    return house._replace(numbered=dice.chance(0.65))
