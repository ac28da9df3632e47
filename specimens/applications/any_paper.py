"""Some paper of some invented family, flat: for measuring one kind at a time."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.certificates.birth import draw_birth_certificate, invent_birth
from specimens.papers.certificates.commitment import draw_commitment_letter
from specimens.papers.certificates.incapacity import (
    draw_incapacity_certificate,
    invent_incapacity,
)
from specimens.papers.certificates.insurance import draw_insurance_certificate, invent_insured
from specimens.papers.certificates.marriage import (
    draw_marriage_certificate,
    invent_marriage,
)
from specimens.papers.certificates.notarial import draw_kinship_notarial, invent_notarial
from specimens.papers.hukou.cover_page import draw_hukou_cover
from specimens.papers.hukou.member_page import draw_hukou_member
from specimens.papers.hukou.side_pages import SIDE_PAGES, draw_side_page
from specimens.papers.id_card import draw_emblem_side, draw_portrait_side
from specimens.papers.lookalike import LOOKALIKES, draw_lookalike
from specimens.papers.selfie import take_selfie
from specimens.people.families import InventedFamily, invent_family
from specimens.people.households import Household, invent_household
from specimens.people.person import TODAY, InventedPerson, card_term
from specimens.printing.paper import Bench, PrintedPaper

_KIN: Final = (
    ("father", "child1"),
    ("mother", "child1"),
    ("father", "mother"),
    ("mother", "father"),
    ("father", "grandmother"),
    ("mother", "mothers_father"),
    ("uncle", "father"),
    ("grandfather", "child1"),
)
"""Applicant and member of a paper that names two."""


def any_paper(kind: DocumentKind, bench: Bench, *, seals: bool = True) -> PrintedPaper:
    """A random paper of a kind, flat.

    Args:
        kind: Which.
        bench: Chance, styles, scale.
        seals: False leaves the red seals of a sealed kind out.

    Raises:
        ValueError: A kind that is not drawn.
    """
    drawers: dict[DocumentKind, Callable[[Bench], PrintedPaper]] = {
        DocumentKind.ID_CARD_PORTRAIT: _portrait_side,
        DocumentKind.ID_CARD_EMBLEM: _emblem_side,
        DocumentKind.HUKOU_COVER: _cover,
        DocumentKind.HUKOU_MEMBER: _member,
        DocumentKind.BIRTH_CERTIFICATE: _birth,
        DocumentKind.SELFIE: _selfie,
        DocumentKind.COMMITMENT_LETTER: _letter,
        DocumentKind.MARRIAGE_CERTIFICATE: _marriage,
        DocumentKind.KINSHIP_NOTARIAL: _notarial,
        DocumentKind.INSURANCE_CERTIFICATE: _insurance,
        DocumentKind.INCAPACITY_CERTIFICATE: _incapacity,
        DocumentKind.OTHER: _other,
    }
    if kind not in drawers:
        message = f"{kind.value} is not drawn"
        raise ValueError(message)
    sealed: dict[DocumentKind, Callable[..., PrintedPaper]] = {
        DocumentKind.HUKOU_COVER: _cover,
        DocumentKind.HUKOU_MEMBER: _member,
        DocumentKind.BIRTH_CERTIFICATE: _birth,
    }
    if kind in sealed and not seals:
        return sealed[kind](bench, seals=False)
    return drawers[kind](bench)


def _portrait_side(bench: Bench) -> PrintedPaper:
    family = _family(bench.dice)
    key = bench.dice.pick(sorted(family.people))
    return draw_portrait_side(family.people[key], bench)


def _emblem_side(bench: Bench) -> PrintedPaper:
    family = _family(bench.dice)
    person = family.people[bench.dice.pick(sorted(family.people))]
    return draw_emblem_side(card_term(person, bench.dice, expired=bench.dice.chance(0.15)), bench)


def _cover(bench: Bench, *, seals: bool = True) -> PrintedPaper:
    return draw_hukou_cover(_house(_family(bench.dice), bench.dice), bench, seals=seals)


def _member(bench: Bench, *, seals: bool = True) -> PrintedPaper:
    family = _family(bench.dice)
    house = _house(family, bench.dice)
    key = bench.dice.pick(sorted(house.words))
    return draw_hukou_member(family.people[key], house, bench, seals=seals)


def _birth(bench: Bench, *, seals: bool = True) -> PrintedPaper:
    dice = bench.dice
    family = _family(dice)
    father = None if dice.chance(0.12) else family.people["father"]
    birth = invent_birth(family.people["child1"], family.people["mother"], father, dice)
    return draw_birth_certificate(birth, bench, seals=seals)


def _selfie(bench: Bench) -> PrintedPaper:
    family = _family(bench.dice)
    return take_selfie(family.people[bench.dice.pick(("father", "mother", "uncle"))], bench)


def _letter(bench: Bench) -> PrintedPaper:
    dice = bench.dice
    family = _family(dice)
    applicant, member = dice.pick(_KIN)
    return draw_commitment_letter(
        family.people[applicant],
        family.people[member],
        family.relationship(applicant, member),
        TODAY - dt.timedelta(days=dice.whole(0, 40)),
        bench,
        signing=dice.weighted({"ink": 6, "none": 2, "typed": 1, "elsewhere": 1}),
    )


def _marriage(bench: Bench) -> PrintedPaper:
    people = _family(bench.dice).people
    return draw_marriage_certificate(
        invent_marriage(people["father"], people["mother"], bench.dice.fork("facts")), bench
    )


def _notarial(bench: Bench) -> PrintedPaper:
    dice, family = bench.dice, _family(bench.dice)
    one, other = dice.pick(_KIN)
    facts = invent_notarial(
        family.people[one],
        family.people[other],
        family.relationship(one, other),
        TODAY - dt.timedelta(days=dice.whole(1, 3000)),
        dice.fork("facts"),
    )
    return draw_kinship_notarial(facts, bench)


def _insurance(bench: Bench) -> PrintedPaper:
    person = _adult(bench.dice)
    return draw_insurance_certificate(invent_insured(person, bench.dice.fork("facts")), bench)


def _incapacity(bench: Bench) -> PrintedPaper:
    person = _family(bench.dice).people[bench.dice.pick(("grandmother", "grandfather"))]
    return draw_incapacity_certificate(invent_incapacity(person, bench.dice.fork("facts")), bench)


def _other(bench: Bench) -> PrintedPaper:
    dice, family = bench.dice, _family(bench.dice)
    people = family.people
    which = dice.pick((*LOOKALIKES, "divorce", "divorce", *SIDE_PAGES))
    if which == "divorce":
        facts = invent_marriage(people["father"], people["mother"], dice.fork("facts"), ended=True)
        return draw_marriage_certificate(facts, bench)
    if which in SIDE_PAGES:
        return draw_side_page(
            which, tuple(people[k] for k in ("father", "mother", "child1")), bench
        )
    return draw_lookalike(which, people["father"], bench)


def _adult(dice: Dice) -> InventedPerson:
    return _family(dice).people[dice.pick(("father", "mother", "grandmother", "uncle"))]


def _family(dice: Dice) -> InventedFamily:
    eldest = dice.whole(0, 19)
    ages = [eldest] + [max(0, eldest - dice.whole(2, 5)) for _ in range(dice.whole(0, 2))]
    return invent_family(dice.fork("family"), child_ages=sorted(set(ages), reverse=True))


def _house(family: InventedFamily, dice: Dice) -> Household:
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
