"""Invented families, and the words that clerks print for their people.

A family has three to four generations, in-laws with their own parents, second marriages with
step-children, divorces, children adopted from outside and within the family.
"""

import dataclasses
import random
from collections.abc import Callable
from types import MappingProxyType

from models.intake.application import Relationship

NO_WORD = ("其他亲属", "非亲属", "亲戚")
_COUNTED = MappingProxyType(
    {1: ("长子", "长女", "长媳"), 2: ("次子", "次女 二女", "次媳"), 3: ("三子", "", "")}
)
"""By order of birth: a son, a daughter, a son's wife, who is counted as her husband is."""


@dataclasses.dataclass(eq=False)
class SimulatedPerson:
    """One invented person: parents in law, parents by birth (None: nobody of this family)."""

    number: int
    sex: str
    parents: tuple["SimulatedPerson", ...] = ()
    birth_parents: tuple["SimulatedPerson", ...] = ()
    spouse: "SimulatedPerson | None" = None
    children: list["SimulatedPerson"] = dataclasses.field(default_factory=list)
    adopted: bool = False


class SimulatedFamily:
    """A random family."""

    def __init__(self, rng: random.Random) -> None:
        """Grow one from an old couple downwards."""
        self.rng = rng
        self.people: list[SimulatedPerson] = []
        self.ended: list[tuple[SimulatedPerson, SimulatedPerson]] = []
        self._grow(self._couple(self._person("男"), self._person("女")), depth=0)
        if rng.random() < 0.2:
            self._adopt_within()
        for person in self.people:
            if person.sex == "男" and person.spouse and rng.random() < 0.05:
                self._part(person, person.spouse)

    def _part(self, husband: SimulatedPerson, wife: SimulatedPerson) -> None:
        """A divorce: their children stay both parents' children."""
        husband.spouse = wife.spouse = None
        self.ended.append((husband, wife))

    def _adopt_within(self) -> None:
        """A child becomes its grandparents', or its uncle's and aunt's, in law (过继)."""
        child = self.rng.choice([p for p in self.people if p.parents] or [self.people[0]])
        near = [g for p in child.parents for g in p.parents]
        near += [u for p in child.parents for u in _siblings(p)]
        if not near or child.spouse or child.children:
            return
        adopter = self.rng.choice(near)
        for parent in child.parents:
            parent.children.remove(child)
        child.birth_parents = child.parents
        child.parents = (adopter, adopter.spouse) if adopter.spouse else (adopter,)
        child.adopted = True
        for parent in child.parents:
            parent.children.append(child)

    def _person(self, sex: str) -> SimulatedPerson:
        person = SimulatedPerson(len(self.people), sex)
        self.people.append(person)
        return person

    def _couple(
        self, husband: SimulatedPerson, wife: SimulatedPerson
    ) -> tuple[SimulatedPerson, SimulatedPerson]:
        husband.spouse, wife.spouse = wife, husband
        return husband, wife

    def _grow(self, couple: tuple[SimulatedPerson, SimulatedPerson], depth: int) -> None:
        for _ in range(self.rng.choice((0, 1, 1, 2, 2, 3))):
            self._descend(self._child(couple), depth)
        if self.rng.random() < 0.25:
            for _ in range(self.rng.choice((1, 1, 2))):
                self._descend(self._child((self.rng.choice(couple),)), depth)

    def _child(self, parents: tuple[SimulatedPerson, ...]) -> SimulatedPerson:
        child = self._person(self.rng.choice("男女"))
        child.parents = parents
        child.adopted = self.rng.random() < 0.06
        child.birth_parents = () if child.adopted else parents
        for parent in parents:
            parent.children.append(child)
        return child

    def _descend(self, child: SimulatedPerson, depth: int) -> None:
        if depth >= 2 or self.rng.random() > 0.7:
            return
        spouse = self._in_law("女" if child.sex == "男" else "男")
        pair = (child, spouse) if child.sex == "男" else (spouse, child)
        self._grow(self._couple(*pair), depth + 1)

    def _in_law(self, sex: str) -> SimulatedPerson:
        if self.rng.random() < 0.5:
            return self._person(sex)
        parents = self._couple(self._person("男"), self._person("女"))
        spouse = self._child(parents)
        spouse.sex = sex
        for _ in range(self.rng.choice((0, 0, 1))):
            self._child(parents)
        return spouse


def truth(x: SimulatedPerson, y: SimulatedPerson) -> Relationship:
    """What y is to x by law."""
    checks: tuple[tuple[Relationship, Callable[[], bool]], ...] = (
        (Relationship.SPOUSE, lambda: x.spouse is y),
        (Relationship.PARENT, lambda: y in x.parents),
        (Relationship.CHILD, lambda: x in y.parents),
        (Relationship.SIBLING, lambda: any(p in y.parents for p in x.parents)),
        (Relationship.GRANDPARENT, lambda: any(y in p.parents for p in x.parents)),
        (Relationship.GRANDCHILD, lambda: any(x in p.parents for p in y.parents)),
    )
    return next((relation for relation, holds in checks if holds()), Relationship.OTHER)


def _pick(rng: random.Random, person: SimulatedPerson, men: str, women: str) -> str:
    return rng.choice((men if person.sex == "男" else women).split())


def _counted(holder: SimulatedPerson, child: SimulatedPerson) -> tuple[str, str, str]:
    """The words that count a child of the house, step-children included, sons and daughters apart.

    A clerk does not call one son's wife by another son's rank: the prover reads ranks so.
    """
    house = {*holder.children, *(holder.spouse.children if holder.spouse else ())}
    alike = sorted(c.number for c in house if c.sex == child.sex)
    return _COUNTED.get(alike.index(child.number) + 1, ("", "", ""))


def print_word(
    holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random
) -> tuple[str, bool]:
    """The word on a person's page, and whether it is stretched over a step relation."""
    if person is holder:
        return "户主", False
    if holder.spouse is person:
        return _pick(rng, person, "夫 丈夫 配偶", "妻 妻子 配偶"), False
    word = _near_word(holder, person, rng)
    if word:
        return word, False
    step = _step_word(holder, person, rng)
    if step:
        return step, not step.startswith("继")
    return _further_word(holder, person, rng), False


def _near_word(holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random) -> str | None:
    if person in holder.children and person.adopted and rng.random() < 0.5:
        return _pick(rng, person, "养子", "养女")
    if person in holder.children:
        son, daughter, _ = _counted(holder, person)
        only = "独生子" if len(holder.children) == 1 else ""
        return _pick(rng, person, f"子 儿子 {son} {only}", f"女 女儿 {daughter}")
    if person in holder.parents:
        return _pick(rng, person, "父 父亲", "母 母亲")
    return None


def _step_word(holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random) -> str | None:
    if holder.spouse and person in holder.spouse.children:
        son, daughter, _ = _counted(holder, person)
        return _pick(rng, person, f"继子 子 {son}", f"继女 女 {daughter}")
    if any(parent.spouse is person for parent in holder.parents):
        return _pick(rng, person, "继父 父 父亲", "继母 母 母亲")
    return None


def _further_word(holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random) -> str:
    for child in holder.children:
        if child.spouse is person:
            *_, wife = _counted(holder, child)
            return _pick(rng, person, "女婿", f"儿媳 媳妇 儿媳妇 {wife}")
        if person in child.children:
            by_son = (child.sex == "男") != (rng.random() < 0.05)
            if by_son:
                return _pick(rng, person, "孙子 孙 长孙", "孙女 孙 长孙女")
            return _pick(rng, person, "外孙 外孙子", "外孙女")
        for grandchild in child.children:
            if grandchild.spouse is person:
                return _pick(rng, person, "孙女婿", "孙媳")
            if person in grandchild.children:
                return _pick(rng, person, "曾孙子", "曾孙女")
    return _upper_word(holder, person, rng) or _side_word(holder, person, rng)


def _upper_word(holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random) -> str | None:
    if holder.spouse and person in holder.spouse.parents:
        if holder.sex == "女":
            return _pick(rng, person, "公公 家公", "婆婆 家婆")
        return _pick(rng, person, "岳父 丈人", "岳母 丈母")
    for parent in holder.parents:
        if person in parent.parents:
            if parent.sex == "男":
                return _pick(rng, person, "祖父 爷爷", "祖母 奶奶")
            return _pick(rng, person, "外祖父 外公 姥爷", "外祖母 外婆 姥姥")
    return None


def _siblings(person: SimulatedPerson) -> list[SimulatedPerson]:
    found = [c for p in person.parents for c in p.children if c is not person]
    return list({c.number: c for c in found}.values())


def _side_word(holder: SimulatedPerson, person: SimulatedPerson, rng: random.Random) -> str:
    words = [
        _sibling_line(s, person, rng, elder=s.number < holder.number) for s in _siblings(holder)
    ]
    words += [
        _pick(rng, person, *(("伯父 叔父", "姑母") if parent.sex == "男" else ("舅父", "姨母")))
        for parent in holder.parents
        if person in _siblings(parent)
    ]
    return next(filter(None, words), None) or rng.choice(NO_WORD)


def _sibling_line(
    sibling: SimulatedPerson, person: SimulatedPerson, rng: random.Random, *, elder: bool
) -> str | None:
    if sibling is person:
        return _pick(rng, person, *(("兄 哥哥", "姐 姐姐") if elder else ("弟 弟弟", "妹 妹妹")))
    if sibling.spouse is person:
        return _pick(rng, person, *(("姐夫", "嫂 嫂子") if elder else ("妹夫", "弟媳")))
    if person in sibling.children and sibling.sex == "男":
        return _pick(rng, person, "侄子 侄儿", "侄女")
    if person in sibling.children:
        return _pick(rng, person, "外甥", "外甥女")
    return None
