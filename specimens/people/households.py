"""Hukou booklets: who stands in which book, and with which word."""

import datetime as dt
from typing import Final, NamedTuple

from specimens.dice import Dice
from specimens.people.counties import County
from specimens.people.families import InventedFamily
from specimens.people.person import TODAY, InventedPerson

_ORDINALS: Final = "长次三四五"
_FAMILY_KINDS: Final = (
    "家庭户",
    "居民家庭户",
    "居民户口家庭户",
    "非农业家庭户",
    "农业家庭户",
    "非农业家庭户口",
    "家庭户口",
    "非农家庭户",
)
_STATIONS: Final = (
    *("城关", "新华", "滨河", "东城", "永安", "北环路", "石桥", "清波", "大营", "龙泉"),
    *("红旗", "南湖", "白沙", "人民路", "青龙", "双塔", "沙河", "柳林", "高桥", "长乐"),
)
_COLLECTIVE_KINDS: Final = ("集体户", "非农业集体户", "居民集体户")


class Household(NamedTuple):
    """One booklet (居民户口簿).

    Attributes:
        number: 户号, as printed on the cover and, in some provinces, on each page.
        kind: 户别, as printed.
        head: Key of the householder.
        words: Of each member's key, the printed relation word.
        entered: Of each member's key, the day their page was printed.
        numbered: The form has a place for the household number on every member's page.
    """

    number: str
    kind: str
    head: str
    head_name: str
    place: County
    address: str
    words: dict[str, str]
    entered: dict[str, dt.date]
    issued: dt.date
    numbered: bool = True

    @property
    def station(self) -> str:
        """The police station (户口登记机关) whose seal is on every page of this book."""
        dice = Dice(int(self.number), "station")
        office = dice.pick((f"{self.place.county}公安局", self.place.police))
        return f"{office}{dice.pick(_STATIONS)}派出所"


def invent_household(
    family: InventedFamily,
    head: str,
    members: tuple[str, ...],
    dice: Dice,
    *,
    collective: bool = False,
) -> Household:
    """A book with this householder and these members, each with the word that the graph gives."""
    owner = family.people[head]
    issued = _day_since(max(dt.date(1998, 1, 1), _of_age(owner)), dice)
    everybody = (head, *members)
    if collective:
        words = dict.fromkeys(everybody, dice.pick(("非亲属", "集体户成员", ""))) | {head: "户主"}
    else:
        words = {key: relation_word(family, head, key, dice) for key in everybody}
    entered = {key: _entered(family.people[key], issued, dice) for key in words}
    return Household(
        number=invent_household_number(owner.place, dice),
        kind=dice.pick(_COLLECTIVE_KINDS if collective else _FAMILY_KINDS),
        head=head,
        head_name=owner.name,
        place=family.home,
        address=owner.address,
        words=words,
        entered=entered,
        issued=issued,
    )


def _entered(person: InventedPerson, issued: dt.date, dice: Dice) -> dt.date:
    """The day on which a page was printed.

    A book is issued with everybody who is there; who is born later gets a page within weeks; a
    page that was changed since, or whose bearer moved in, is younger.
    """
    changed = _day_since(max(issued, person.birth_date + dt.timedelta(days=15)), dice)
    habit = dice.fork(f"page of {person.key}")
    registered = person.birth_date + dt.timedelta(days=habit.whole(7, 55))
    if habit.chance(0.3):
        return changed
    return issued if registered <= issued else min(registered, TODAY)


def invent_household_number(place: County, dice: Dice) -> str:
    """户号 has no national form: 6 to 12 digits, in some places with the county code before."""
    digits = "".join(str(dice.whole(0, 9)) for _ in range(8))
    return dice.weighted(
        {
            digits: 4,
            "0" + digits: 3,
            place.code + digits[:6]: 1.5,
            digits[:6]: 1,
            "3" + digits + "7": 1,
        }
    )


def relation_word(family: InventedFamily, head: str, key: str, dice: Dice) -> str:
    """What this book calls somebody, in one of the printed variants.

    Raises:
        ValueError: The two are not related in a way that a book has a word for.
    """
    person = family.people[key]
    if key == head:
        return "户主"
    rules = (_as_spouse, _as_child, _as_elder, _as_sibling, _as_descendant)
    for rule in rules:
        word = rule(family, head, person, dice)
        if word:
            return word
    message = f"no word for {key} in the book of {head}"
    raise ValueError(message)


def _as_spouse(family: InventedFamily, head: str, person: InventedPerson, dice: Dice) -> str | None:
    if family.spouse_of(head) != person.key:
        return None
    return dice.pick(("夫", "配偶", "丈夫") if person.sex == "男" else ("妻", "配偶", "妻子"))


def _as_child(family: InventedFamily, head: str, person: InventedPerson, dice: Dice) -> str | None:
    children = [c for c in family.children_of(head) if family.people[c].sex == person.sex]
    if person.key in children:
        return _child_word(children.index(person.key), len(children), person.sex, dice)
    spouse = family.spouse_of(head)
    if spouse and person.key in family.children_of(spouse):
        return "继子" if person.sex == "男" else "继女"
    for child in family.children_of(head):
        if family.spouse_of(child) == person.key:
            return dice.pick(("女婿",) if person.sex == "男" else ("儿媳", "媳妇"))
    return None


def _child_word(rank: int, count: int, sex: str, dice: Dice) -> str:
    plain, spoken = ("子", "儿子") if sex == "男" else ("女", "女儿")
    if count == 1:
        return dice.weighted({plain: 4, spoken: 2, f"长{plain}": 3, f"独生{plain}": 1.5})
    ordinal = _ORDINALS[min(rank, 4)]
    spoken_rank = ("大" if rank == 0 else "二" if rank == 1 else ordinal) + spoken
    return dice.weighted({f"{ordinal}{plain}": 6, plain: 2, spoken_rank: 1})


def _as_elder(family: InventedFamily, head: str, person: InventedPerson, dice: Dice) -> str | None:
    man = person.sex == "男"
    if person.key in family.parents_of(head):
        return dice.pick(("父", "父亲") if man else ("母", "母亲"))
    spouse = family.spouse_of(head)
    if spouse and person.key in family.parents_of(spouse):
        if family.people[head].sex == "男":
            return "岳父" if man else "岳母"
        return dice.pick(("公公", "家公") if man else ("婆婆", "家婆"))
    for parent in family.parents_of(head):
        if person.key in family.parents_of(parent):
            if family.people[parent].sex == "男":
                return dice.pick(("祖父", "爷爷") if man else ("祖母", "奶奶"))
            return dice.pick(("外祖父", "外公") if man else ("外祖母", "外婆", "姥姥"))
    return None


def _as_sibling(
    family: InventedFamily, head: str, person: InventedPerson, dice: Dice
) -> str | None:
    for sibling in family.siblings_of(head):
        other = family.people[sibling]
        elder = other.birth_date < family.people[head].birth_date
        if sibling == person.key:
            if person.sex == "男":
                return dice.pick(("兄", "哥哥") if elder else ("弟", "弟弟"))
            return dice.pick(("姐", "姐姐") if elder else ("妹", "妹妹"))
        if family.spouse_of(sibling) == person.key:
            return _siblings_spouse(person.sex, dice, elder=elder)
        if person.key in family.children_of(sibling):
            if other.sex == "男":
                return dice.pick(("侄子", "侄儿") if person.sex == "男" else ("侄女",))
            return dice.pick(("外甥",) if person.sex == "男" else ("外甥女",))
    return None


def _siblings_spouse(sex: str, dice: Dice, *, elder: bool) -> str:
    if sex == "男":
        return "姐夫" if elder else "妹夫"
    return dice.pick(("嫂", "嫂子") if elder else ("弟媳", "弟媳妇"))


def _as_descendant(
    family: InventedFamily, head: str, person: InventedPerson, dice: Dice
) -> str | None:
    man = person.sex == "男"
    for child in family.children_of(head):
        if person.key not in family.children_of(child):
            continue
        if family.people[child].sex == "男":
            return dice.pick(("孙子", "孙", "长孙") if man else ("孙女", "孙女", "长孙女"))
        return dice.pick(("外孙", "外孙子") if man else ("外孙女",))
    return None


def _of_age(person: InventedPerson) -> dt.date:
    return dt.date(person.birth_date.year + 18, 6, 1)


def _day_since(start: dt.date, dice: Dice) -> dt.date:
    last = TODAY - dt.timedelta(days=5)
    start = min(start, last)
    return start + dt.timedelta(days=dice.whole(0, (last - start).days))
