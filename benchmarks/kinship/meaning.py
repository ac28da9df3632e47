"""What clerks' words say, as ways from the householder to the bearer (see `worlds`)."""

from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship

R = Relationship
Ways = tuple[tuple[str, ...], ...]


class Meaning(NamedTuple):
    """One sort of words.

    Attributes:
        name: Of the sort.
        ways: From the householder to the bearer, any of them.
        literal: The ways without what a clerk may have stretched (子 for a step-child).
        fits: What the bearer may be to the householder in the end.
    """

    name: str
    ways: Ways
    literal: Ways
    fits: frozenset[R]


def _meaning(name: str, fits: tuple[R, ...], ways: str, stretched: str = "") -> Meaning:
    """Ways as `down男 wed女 | down女 wed男`."""

    def read(text: str) -> Ways:
        return tuple(tuple(way.split()) for way in text.split("|") if way.strip())

    return Meaning(name, read(ways) + read(stretched), read(ways), frozenset(fits))


_SORTS: Final = (
    (
        "子 长子 次子 三子 独生子 儿子 女 长女 次女 二女 女儿",
        _meaning("child", (R.CHILD, R.OTHER), "down", "wed down !"),
    ),
    ("养子 养女", _meaning("adopted child", (R.CHILD,), "down")),
    ("继子 继女", _meaning("step-child", (R.CHILD, R.OTHER), "wed down ! | down")),
    ("父 父亲 母 母亲", _meaning("parent", (R.PARENT, R.OTHER), "up", "up wed !")),
    ("继父 继母", _meaning("step-parent", (R.PARENT, R.OTHER), "up wed ! | up")),
    ("夫 丈夫 妻 妻子 配偶", _meaning("spouse", (R.SPOUSE,), "wed")),
    ("儿媳 儿媳妇 长媳 次媳", _meaning("son's wife", (R.OTHER,), "down男 wed女")),
    # Words of two meanings: no reader can tell which.
    ("媳妇", _meaning("son's wife", (R.SPOUSE, R.OTHER), "down男 wed女 | wed女")),
    ("家公 家婆", _meaning("husband's parent", (R.GRANDPARENT, R.OTHER), "wed男 up | up女 up")),
    (
        "外甥 外甥女",
        _meaning("sister's child", (R.GRANDCHILD, R.OTHER), "beside女 down | down女 down"),
    ),
    ("女婿", _meaning("daughter's husband", (R.OTHER,), "down女 wed男")),
    (
        "孙子 孙 长孙 孙女 长孙女 外孙 外孙子 外孙女",
        _meaning("grandchild", (R.GRANDCHILD,), "down down"),
    ),
    ("孙女婿 孙媳", _meaning("grandchild's spouse", (R.OTHER,), "down down wed")),
    ("曾孙子 曾孙女", _meaning("great-grandchild", (R.OTHER,), "down down down")),
    ("公公 婆婆", _meaning("husband's parent", (R.OTHER,), "wed男 up")),
    ("岳父 丈人 岳母 丈母", _meaning("wife's parent", (R.OTHER,), "wed女 up")),
    ("祖父 爷爷 祖母 奶奶", _meaning("father's parent", (R.GRANDPARENT,), "up男 up")),
    ("外祖父 外公 姥爷 外祖母 外婆 姥姥", _meaning("mother's parent", (R.GRANDPARENT,), "up女 up")),
    ("兄 弟 哥哥 弟弟 姐 妹 姐姐 妹妹", _meaning("sibling", (R.SIBLING,), "beside")),
    ("嫂 弟媳 嫂子", _meaning("brother's wife", (R.OTHER,), "beside男 wed女")),
    ("姐夫 妹夫", _meaning("sister's husband", (R.OTHER,), "beside女 wed男")),
    ("侄子 侄儿 侄女", _meaning("brother's child", (R.OTHER,), "beside男 down")),
    ("伯父 叔父 姑母", _meaning("father's sibling", (R.OTHER,), "up男 beside")),
    ("舅父 姨母", _meaning("mother's sibling", (R.OTHER,), "up女 beside")),
)
MEANINGS: Final = MappingProxyType(
    {word: meaning for words, meaning in _SORTS for word in words.split()}
)
"""Every word that the invented clerks print and that places its bearer."""

_COUPLES: Final = frozenset(
    {
        frozenset(pair)
        for pair in (
            ("householder", "spouse"),
            ("child", "son's wife"),
            ("child", "daughter's husband"),
            ("adopted child", "son's wife"),
            ("adopted child", "daughter's husband"),
            ("grandchild", "grandchild's spouse"),
            ("sibling", "brother's wife"),
            ("sibling", "sister's husband"),
            ("parent", "parent"),
            ("parent", "step-parent"),
            ("husband's parent", "husband's parent"),
            ("wife's parent", "wife's parent"),
            ("father's parent", "father's parent"),
            ("mother's parent", "mother's parent"),
        )
    }
)


_ORDERS: Final = MappingProxyType(
    {"长": "first", "次": "second", "二": "second", "三": "third"}
    | dict.fromkeys("兄哥姐嫂", "elder")
    | dict.fromkeys("弟妹", "younger")
)
"""What the first character of a word says of the order of birth."""


def may_be_couple(one: str | None, other: str | None) -> bool:
    """Whether two words of one book leave room for a marriage of their bearers.

    The clerk prints the nearest tie: a brother's wife is 嫂 and never 岳母; and counts a wife as
    her husband: a 次子 has no 长媳, a younger brother no 嫂.
    """
    names = [_name(word) for word in (one, other)]
    if None in names:
        return True
    return frozenset(str(n) for n in names) in _COUPLES and not counted_apart(one, other)


def counted_apart(one: str | None, other: str | None) -> bool:
    """Whether two words of one book name two orders of birth, so that their bearers are no couple.

    Only among words of one generation does that say anything.
    """
    return len({o for word in (one, other) if (o := _ORDERS.get((word or "")[:1]))}) > 1


def _name(word: str | None) -> str | None:
    if word == "户主":
        return "householder"
    meaning = MEANINGS.get(word or "")
    return meaning.name if meaning else None
