"""Composition of kinship by search: all small families in which two chains of steps exist."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship
from models.kinship.kin_class import OPEN, KinClass
from tasks.kinship.worlds.kin import KinRelation, kin_of
from tasks.kinship.worlds.world import (
    FEMALE,
    MALE,
    FamilyWorld,
    WorldPerson,
    WorldPlace,
    to_child,
    to_parent,
    to_sibling,
    to_spouse,
    to_step_child,
    to_step_parent,
)


class Assumption(StrEnum):
    """How far printed words may stray from what they say."""

    PLAIN = "plain"  # no step families
    STEP = "step"  # 子, 女, 父, 母 may be printed for step relations
    LOOSE = "loose"  # and 孙 for a daughter's child, 外孙 for a son's


class Composed(NamedTuple):
    """What one bearer of a word may be to another.

    Attributes:
        kin: Every relation found in some family.
        same_person: Some family has one person who carries both words.
    """

    kin: frozenset[KinRelation]
    same_person: bool

    @property
    def relationships(self) -> frozenset[Relationship]:
        """The relations as far as a binding may rest on them."""
        return frozenset(kin.relationship for kin in self.kin)


class _Chain(NamedTuple):
    """Steps from the householder: (kind, sex or None for either); the last one is the bearer."""

    steps: tuple[tuple[str, str | None], ...]
    householder_sex: str | None = None


_Step = Callable[[WorldPlace, str], Iterator[WorldPlace]]
_STEPS: Final = MappingProxyType[str, _Step](
    {
        "parent": to_parent,
        "child": to_child,
        "spouse": to_spouse,
        "sibling": to_sibling,
        "step child": to_step_child,
        "step parent": to_step_parent,
    }
)


def _chain(text: str, householder_sex: str | None = None) -> _Chain:
    """`son, child` as steps; `son daughter brother sister father mother` fix the sex."""
    steps = tuple(_SEXED_STEPS.get(name, (name, None)) for name in text.split(", ") if name)
    return _Chain(steps, householder_sex)


_SEXED_STEPS: Final = MappingProxyType(
    {
        "son": ("child", MALE),
        "daughter": ("child", FEMALE),
        "brother": ("sibling", MALE),
        "sister": ("sibling", FEMALE),
        "father": ("parent", MALE),
        "mother": ("parent", FEMALE),
        "wife": ("spouse", FEMALE),
        "husband": ("spouse", MALE),
    }
)
_LITERAL: Final = MappingProxyType(
    {
        KinClass.HOUSEHOLDER: (_chain(""),),
        KinClass.SPOUSE: (_chain("spouse"),),
        KinClass.CHILD: (_chain("child"),),
        KinClass.ADOPTED_CHILD: (_chain("child"),),
        # A step-child whom the householder raised is a child by law (Civil Code 1072).
        KinClass.STEP_CHILD: (_chain("step child"), _chain("child")),
        KinClass.SON_S_WIFE: (_chain("son, wife"),),
        KinClass.DAUGHTER_S_HUSBAND: (_chain("daughter, husband"),),
        KinClass.SON_S_CHILD: (_chain("son, child"),),
        KinClass.DAUGHTER_S_CHILD: (_chain("daughter, child"),),
        KinClass.GRANDCHILD_S_SPOUSE: (_chain("child, child, spouse"),),
        KinClass.GREAT_GRANDCHILD: (_chain("child, child, child"),),
        KinClass.GREAT_GREAT_GRANDCHILD: (_chain("child, child, child, child"),),
        KinClass.PARENT: (_chain("parent"),),
        KinClass.ADOPTIVE_PARENT: (_chain("parent"),),
        KinClass.STEP_PARENT: (_chain("step parent"), _chain("parent")),
        KinClass.HUSBAND_S_PARENT: (_chain("husband, parent", FEMALE),),
        KinClass.WIFE_S_PARENT: (_chain("wife, parent", MALE),),
        KinClass.FATHER_S_PARENT: (_chain("father, parent"),),
        KinClass.MOTHER_S_PARENT: (_chain("mother, parent"),),
        KinClass.SPOUSE_S_GRANDPARENT: (_chain("spouse, parent, parent"),),
        KinClass.GREAT_GRANDPARENT: (_chain("parent, parent, parent"),),
        KinClass.SIBLING: (_chain("sibling"),),
        KinClass.BROTHER_S_WIFE: (_chain("brother, wife"),),
        KinClass.SISTER_S_HUSBAND: (_chain("sister, husband"),),
        KinClass.SPOUSE_S_SIBLING: (_chain("spouse, sibling"),),
        KinClass.BROTHER_S_CHILD: (_chain("brother, child"),),
        KinClass.SISTER_S_CHILD: (_chain("sister, child"),),
        KinClass.NEPHEW_S_CHILD: (_chain("sibling, child, child"),),
        KinClass.NEPHEW_S_SPOUSE: (_chain("sibling, child, spouse"),),
        KinClass.FATHER_S_SIBLING: (_chain("father, sibling"),),
        KinClass.MOTHER_S_SIBLING: (_chain("mother, sibling"),),
        KinClass.FATHER_S_SIBLING_S_SPOUSE: (_chain("father, sibling, spouse"),),
        KinClass.MOTHER_S_SIBLING_S_SPOUSE: (_chain("mother, sibling, spouse"),),
        KinClass.FATHER_S_BROTHER_S_CHILD: (_chain("father, brother, child"),),
        KinClass.OTHER_COUSIN: (
            _chain("father, sister, child"),
            _chain("mother, sibling, child"),
        ),
    }
)
_STRETCHED: Final = MappingProxyType(
    {
        KinClass.CHILD: (_chain("step child"),),
        KinClass.PARENT: (_chain("step parent"),),
    }
)
_SURNAME_LINE: Final = MappingProxyType(
    {
        KinClass.SON_S_CHILD: (_chain("daughter, child"),),
        KinClass.DAUGHTER_S_CHILD: (_chain("son, child"),),
    }
)
_BY_RELATIONSHIP: Final = MappingProxyType(
    {
        Relationship.SPOUSE: (_chain("spouse"),),
        Relationship.PARENT: (_chain("parent"),),
        Relationship.CHILD: (_chain("child"),),
        Relationship.SIBLING: (_chain("sibling"),),
        Relationship.GRANDPARENT: (_chain("parent, parent"),),
        Relationship.GRANDCHILD: (_chain("child, child"),),
    }
)
_EXACT: Final = frozenset(
    {
        (Relationship.PARENT, Relationship.PARENT),
        (Relationship.CHILD, Relationship.CHILD),
        (Relationship.PARENT, Relationship.CHILD),
    }
)
EVERYTHING: Final = frozenset(Relationship)


class Bearer(NamedTuple):
    """Who carries a word: its class, and the sex that the word (or the page) tells."""

    kin: KinClass
    sex: str | None


@cache
def compose_words(a: Bearer, b: Bearer, assumption: Assumption) -> Composed:
    """Everything that the bearer of B may be to the bearer of A in one book.

    An open word (其他亲属, 非亲属, unread) leaves everything possible, except that nobody open
    is a bindable relative of the householder. An empty set means that the two words cannot
    stand in one book (公公 beside 岳父).
    """
    if a.kin in OPEN or b.kin in OPEN:
        return _compose_open(a, b)
    kin: set[KinRelation] = set()
    same = False
    for place_a in _bearers(_start(assumption), a, assumption):
        home = WorldPlace(place_a.world, 0)
        for place_b in _walk_word(home, b, assumption):
            if place_b.person == place_a.person:
                same = True
            else:
                kin.add(kin_of(place_b.world, place_a.person, place_b.person))
    return Composed(frozenset(kin), same)


@cache
def compose_relationships(first: Relationship, second: Relationship) -> frozenset[Relationship]:
    """What y may be to x when z is x's `first` and y is z's `second`, with step families.

    Only lines of blood that run straight, or up to one parent and down again, are exact; any
    other composition also leaves `OTHER` open (parents of one child need not be married). An
    empty set means that no y other than x exists (the spouse's spouse).
    """
    if Relationship.OTHER in (first, second):
        return EVERYTHING
    found: set[Relationship] = set()
    for start in _start(Assumption.STEP):
        for via in _walk_chains(start, _BY_RELATIONSHIP[first], None):
            for end in _walk_chains(via, _BY_RELATIONSHIP[second], None):
                if end.person != start.person:
                    found.add(kin_of(end.world, start.person, end.person).relationship)
    if found and (first, second) not in _EXACT:
        found.add(Relationship.OTHER)
    return frozenset(found)


def _compose_open(a: Bearer, b: Bearer) -> Composed:
    if KinClass.HOUSEHOLDER in (a.kin, b.kin) and KinClass.UNKNOWN not in (a.kin, b.kin):
        return Composed(frozenset({KinRelation.OTHER_RELATIVE}), same_person=False)
    bindable = {kin for kin in KinRelation if kin.relationship is not Relationship.OTHER}
    return Composed(frozenset(bindable | {KinRelation.UNKNOWN}), same_person=a.kin is b.kin)


def _start(assumption: Assumption) -> list[WorldPlace]:
    step = assumption is not Assumption.PLAIN
    return [WorldPlace(FamilyWorld((WorldPerson(sex),), step), 0) for sex in (MALE, FEMALE)]


def _bearers(starts: list[WorldPlace], who: Bearer, assumption: Assumption) -> Iterator[WorldPlace]:
    for start in starts:
        yield from _walk_word(start, who, assumption)


def _walk_word(start: WorldPlace, who: Bearer, assumption: Assumption) -> Iterator[WorldPlace]:
    chains = _LITERAL[who.kin]
    if assumption is not Assumption.PLAIN:
        chains += _STRETCHED.get(who.kin, ())
    if assumption is Assumption.LOOSE:
        chains += _SURNAME_LINE.get(who.kin, ())
    return _walk_chains(start, chains, who.sex)


def _walk_chains(
    start: WorldPlace, chains: tuple[_Chain, ...], sex: str | None
) -> Iterator[WorldPlace]:
    """Every arrival of every chain whose last person has that sex."""
    for chain in chains:
        own_sex = start.world.people[start.person].sex
        if chain.householder_sex in (None, own_sex):
            for place in _walk(start, chain.steps):
                if sex in (None, place.world.people[place.person].sex):
                    yield place


def _walk(place: WorldPlace, steps: tuple[tuple[str, str | None], ...]) -> Iterator[WorldPlace]:
    if not steps:
        yield place
        return
    name, sex = steps[0]
    for one_sex in (MALE, FEMALE) if sex is None else (sex,):
        for arrived in _STEPS[name](place, one_sex):
            yield from _walk(arrived, steps[1:])
