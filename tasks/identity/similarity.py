"""How like two readings are: the same, so alike that one may be misread, or different.

A misread is not a contradiction. A reader confuses characters of similar shape, above all rare
ones that its alphabet lacks, and drops or swaps a digit; another person's paper differs plainly.
"""

import datetime as dt
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA

from models.identity.character_forms import simplified
from models.identity.id_number import full_id_number, valid_id_number
from models.identity.person_name import MIDDLE_DOT, normalise_name, other_form_of_name
from models.identity.typed_text import normalise_serial

_LEAST_OF_SERIAL: Final = 5
"""Characters from which a part of a number is hardly another number's by chance."""
MISREAD_DIGITS: Final = 2
"""A number that fails its own check and lies this near to another is probably that one."""


class Similarity(StrEnum):
    """How a reading relates to the value that was expected."""

    SAME = "same"
    ALIKE = "alike"
    DIFFERENT = "different"


_LOOK_ALIKE: Final = tuple(
    frozenset(group)
    for group in (
        "己已巳",
        "未末",
        "土士",
        "日曰",
        "戊戌戍戎",
        "候侯",
        "晴睛",
        "析折",
        "泠冷",
        "冶治",
        "玟玫",
        "亳毫",
        "昊吴",
        "旻昱旲",
        "煊瑄喧暄",
        "玚场扬",
        "䶮龚龑",
        "祎袆",
        "㛃婴",
        "玥明",
        "姝妹",
        "珺郡裙",
        "璟憬景",
        "喆哲",
        "赟斌贇",
        "翀翂",
        "仝全同",
        "亓元六",
        "昝咎",
        "笵范",
        "箫萧肖",
        "阎闫",
        "傅付",
        "戴代",
        "嬿燕",
        "茜菤",
        "栐泳",
        "梓辛",
        "淼森",
        "垚尧",
        "晟晨",
        "彧或",
        "妤好",
        "琰谈",
        "沐沭沫",
        "汩汨",
        "洺铭",
        "烜恒",
        "烨晔",
        "锜琦",
        "祐佑",
        "茗名",
        "菡函",
        "萱宣",
        "薇微",
        "馨磬",
        "昕听",
        "甯宁",
        "麯曲",
        "于干千",
        "王玉",
        "大太犬",
        "天夭无",
        "人入八",
        "目自",
        "申甲由电",
        "刀力",
        "木术本",
        "白自",
        "云去",
        "孑子",
        "毌毋母",
        "卞下",
        "仇仉",
        "〇零",
        "伟玮炜纬苇",
        "俊峻骏竣",
        "琪淇祺棋",
        "倩情清晴靖",
        "琳林淋",
        "瑶谣遥",
        "璐路露",
        "玲铃伶",
        "峰锋",
        "辉晖",
        "刚钢冈",
        "建健",
        "浩皓",
        "宏弘",
        "洁结",
        "婷停",
        "莹萤茔",
        "颖颍",
        "怡恰",
        "梅海",
        "钰珏",
        "子予",
        "宇字",
        "瑞端",
        "晨辰",
        "彤形",
        "思恩",
        "妍研",
        "红江",
        "军车",
        "燕蒸",
        "涛焘",
        "敏繁",
        "佳住",
        "佩珮",
        "娟绢",
        "雯文",
        "楠南",
        "桐铜洞",
        "芬分",
        "芳方",
        "萍苹",
        "杨扬",
        "汪江",
        "孙孔",
        "宋宗",
        "郭享",
        "刘划",
        "陈阵",
        "冯马",
        "邓郑",
    )
)


def compare_names(read: str, expected: str) -> Similarity:
    """Two names, by equality after normalising; alike where every difference may be a misread.

    A character in its traditional and in its simplified form is the same one.
    """
    one, other = simplified(normalise_name(read)), simplified(normalise_name(expected))
    if one.replace(MIDDLE_DOT, "") == other.replace(MIDDLE_DOT, ""):
        return Similarity.SAME  # a dot that was left out, or not seen, makes no other name
    if other_form_of_name(one, other):
        return Similarity.ALIKE
    if len(one) == len(other):
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        alike = len(pairs) < len(one) and all(_confusable(a, b) for a, b in pairs)
        return Similarity.ALIKE if alike else Similarity.DIFFERENT
    return Similarity.ALIKE if _one_rare_dropped(one, other) else Similarity.DIFFERENT


def compare_numbers(read: str, expected: str, *, today: dt.date) -> Similarity:
    """An identity number that was read against one that was stated.

    A number that passes its own check belongs to somebody: it is the same or it is another's.
    One that fails it was misread, and is alike when it lies near enough.
    """
    number = full_id_number(read).upper()
    if number == expected.upper():
        return Similarity.SAME
    if valid_id_number(number, today=today):
        return Similarity.DIFFERENT
    near = OSA.distance(number, expected.upper(), score_cutoff=MISREAD_DIGITS) <= MISREAD_DIGITS
    return Similarity.ALIKE if near else Similarity.DIFFERENT


def compare_serials(read: str, expected: str) -> Similarity:
    """Household or certificate numbers, which carry no check digit: one place may be a misread."""
    one, other = normalise_serial(read), normalise_serial(expected)
    if one == other:
        return Similarity.SAME
    return Similarity.ALIKE if OSA.distance(one, other) <= 1 else Similarity.DIFFERENT


def is_cut_serial(read: str, whole: str) -> bool:
    """Whether a reading is the beginning or the end of a longer number: the rest was not seen."""
    one, other = read.strip().upper(), whole.strip().upper()
    if not _LEAST_OF_SERIAL <= len(one) < len(other):
        return False
    return other.startswith(one) or other.endswith(one)


def _confusable(a: str, b: str) -> bool:
    return _rare(a) or _rare(b) or any(a in group and b in group for group in _LOOK_ALIKE)


def differ_surely(read: str, expected: str) -> bool:
    """Whether two names differ by more than a reader's mistake may explain.

    A reader takes rare characters for more common ones (绿 where 逯 is printed), seldom the other
    way round: in 1,412 of the 1,421 confusions that were measured, listed in
    `tasks/reading/likelihood/confusions.yaml`, what is printed stands in the second level of
    GB 2312 or outside of it, and what was read is no rarer. No table knows all such pairs, and a
    person sees at a glance which of the two stands there.

    Args:
        read: What a paper was read to say.
        expected: The name that it should bear.
    """
    if compare_names(read, expected) is not Similarity.DIFFERENT:
        return False
    one, other = normalise_name(read), normalise_name(expected)
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    misread = all(_level(b) > 1 and _level(a) <= _level(b) for a, b in pairs)
    return len(one) != len(other) or len(pairs) == len(one) or not misread


_SECOND_LEVEL: Final = 0xD8
"""First byte of GB 2312's less used characters (its rows 56 to 87)."""


def _level(character: str) -> int:
    """1 for GB 2312's 3,755 much used characters, 2 for its less used ones, 3 for all others."""
    if _rare(character):
        return 3
    return 1 if character.encode("gb2312")[0] < _SECOND_LEVEL else 2


def _rare(character: str) -> bool:
    """Outside GB 2312, the 6,763 characters that every reader was trained on."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character != "·"
    return False


def look_alikes(character: str) -> frozenset[str]:
    """The characters that are taken for this one by the table; not the character itself."""
    return frozenset(c for group in _LOOK_ALIKE if character in group for c in group) - {character}


def has_look_alike(name: str) -> bool:
    """Whether another name could be misread into this one, by the table or for a rare character."""
    return any(_rare(c) or any(c in group for group in _LOOK_ALIKE) for c in normalise_name(name))


def _one_rare_dropped(one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) - len(shorter) == 1 and any(
        _rare(c) and longer[:i] + longer[i + 1 :] == shorter for i, c in enumerate(longer)
    )


def digits_apart(one: str, other: str) -> int:
    """How many places two numbers differ by (a swap of neighbours counts as one)."""
    return OSA.distance(one.upper(), other.upper())
