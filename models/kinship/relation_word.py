"""The relation words of a hukou book (与户主关系), as GB/T 4761-2008 and clerks print them."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple


class KinClass(StrEnum):
    """What a printed word says its bearer is to the householder."""

    HOUSEHOLDER = "householder"  # 户主
    SPOUSE = "spouse"  # 配偶
    CHILD = "child"  # 子, 女
    ADOPTED_CHILD = "adopted_child"  # 养子
    STEP_CHILD = "step_child"  # 继子
    SON_S_WIFE = "son_s_wife"  # 儿媳
    DAUGHTER_S_HUSBAND = "daughter_s_husband"  # 女婿
    SON_S_CHILD = "son_s_child"  # 孙
    DAUGHTER_S_CHILD = "daughter_s_child"  # 外孙
    GRANDCHILD_S_SPOUSE = "grandchild_s_spouse"  # 孙媳, 孙女婿
    GREAT_GRANDCHILD = "great_grandchild"  # 曾孙
    PARENT = "parent"  # 父, 母
    ADOPTIVE_PARENT = "adoptive_parent"  # 养父
    STEP_PARENT = "step_parent"  # 继父
    HUSBAND_S_PARENT = "husband_s_parent"  # 公公, 婆婆
    WIFE_S_PARENT = "wife_s_parent"  # 岳父, 岳母
    FATHER_S_PARENT = "father_s_parent"  # 祖父母
    MOTHER_S_PARENT = "mother_s_parent"  # 外祖父母
    SPOUSE_S_GRANDPARENT = "spouse_s_grandparent"  # 配偶的祖父母
    GREAT_GRANDPARENT = "great_grandparent"  # 曾祖父母
    SIBLING = "sibling"  # 兄弟姐妹
    BROTHER_S_WIFE = "brother_s_wife"  # 嫂, 弟媳
    SISTER_S_HUSBAND = "sister_s_husband"  # 姐夫, 妹夫
    SPOUSE_S_SIBLING = "spouse_s_sibling"  # 小舅子, 小姑子
    BROTHER_S_CHILD = "brother_s_child"  # 侄
    SISTER_S_CHILD = "sister_s_child"  # 外甥
    NEPHEW_S_SPOUSE = "nephew_s_spouse"  # 侄媳, 侄女婿
    FATHER_S_SIBLING = "father_s_sibling"  # 伯父, 叔父, 姑母
    MOTHER_S_SIBLING = "mother_s_sibling"  # 舅父, 姨母
    FATHER_S_SIBLING_S_SPOUSE = "father_s_sibling_s_spouse"  # 伯母, 婶母, 姑父
    MOTHER_S_SIBLING_S_SPOUSE = "mother_s_sibling_s_spouse"  # 舅母, 姨父
    FATHER_S_BROTHER_S_CHILD = "father_s_brother_s_child"  # 堂兄弟姐妹
    OTHER_COUSIN = "other_cousin"  # 表兄弟姐妹
    OTHER_RELATIVE = "other_relative"  # 其他亲属
    NON_RELATIVE = "non_relative"  # 非亲属
    UNKNOWN = "unknown"  # blank, unread, or no word of this list


OPEN: Final = frozenset({KinClass.OTHER_RELATIVE, KinClass.NON_RELATIVE, KinClass.UNKNOWN})
"""Classes whose place in the family the word leaves open."""


class RelationWord(NamedTuple):
    """A relation word with its meaning.

    Attributes:
        text: The word without spaces, in simplified characters.
        kin: What the bearer is to the householder.
        sex: 男 or 女 where the word implies one, else None.
    """

    text: str
    kin: KinClass
    sex: str | None

    @property
    def step(self) -> bool:
        """Whether the word speaks of, or does not rule out by name, a step relation (继)."""
        return self.kin in {KinClass.STEP_CHILD, KinClass.STEP_PARENT}

    @property
    def generic(self) -> bool:
        """Whether the word leaves open the sex that its like normally names (子女, 孙)."""
        return self.sex is None and self.kin in _SEXED

    @property
    def open(self) -> bool:
        """Whether the word places nobody: unread, unknown, 其他亲属 or 非亲属."""
        return self.kin in OPEN


_SEXED: Final = frozenset(KinClass) - OPEN - {KinClass.HOUSEHOLDER, KinClass.SPOUSE}

_ROWS: Final[tuple[tuple[KinClass, str, str, str], ...]] = (
    # class, words for men, words for women, words for either
    (KinClass.HOUSEHOLDER, "", "", "户主 本人 户主本人 本人户主"),
    (KinClass.SPOUSE, "夫 丈夫 老公", "妻 妻子 老婆", "配偶 夫妻 爱人"),
    (
        KinClass.CHILD,
        "子 儿子 儿 男儿 独子 独生子 独生儿子 末子 幼子 婚生子 非婚生子 其他儿子 老儿子 亲子 "
        "亲生子 长男 次男 二男 三男 四男 五男 六男",
        "女 女儿 独女 独生女 独生女儿 末女 幼女 婚生女 非婚生女 其他女儿 老女儿 亲女 亲生女 闺女",
        "子女 儿女 孩子 独生子女",
    ),
    (KinClass.ADOPTED_CHILD, "养子 领养子 收养子", "养女 领养女 收养女", "养子女 收养子女"),
    (
        KinClass.STEP_CHILD,
        "继子 养子或继子 继子或养子 继儿子",
        "继女 养女或继女 继女或养女 继女儿",
        "继子女 养子女或继子女",
    ),
    (KinClass.SON_S_WIFE, "", "儿媳 媳 媳妇 儿媳妇 儿妇 子媳", ""),
    (KinClass.DAUGHTER_S_HUSBAND, "女婿 婿 赘婿", "", ""),
    (KinClass.SON_S_CHILD, "孙子 孙儿 男孙", "孙女 孙女儿 女孙", "孙 孙子女"),
    (
        KinClass.DAUGHTER_S_CHILD,
        "外孙子 外孙儿 外孙男",
        "外孙女 外孙女儿",
        "外孙 外孙子女",
    ),
    (
        KinClass.GRANDCHILD_S_SPOUSE,
        "孙女婿 孙婿 外孙女婿 外孙婿 孙女婿或外孙女婿",
        "孙媳 孙媳妇 孙儿媳 外孙媳 外孙媳妇 孙媳妇或外孙媳妇",
        "",
    ),
    (
        KinClass.GREAT_GRANDCHILD,
        "曾孙子 重孙子 外曾孙子 曾孙子或外曾孙子 曾外孙子",
        "曾孙女 重孙女 外曾孙女 曾孙女或外曾孙女 曾外孙女 外重孙女",
        "曾孙 重孙 外曾孙 曾外孙 外重孙",
    ),
    (
        KinClass.PARENT,
        "父 父亲 爸 爸爸 生父 老父",
        "母 母亲 妈 妈妈 生母 老母",
        "父母 双亲 父母亲",
    ),
    (KinClass.ADOPTIVE_PARENT, "养父", "养母", "养父母"),
    (
        KinClass.STEP_PARENT,
        "继父 后父 继父或养父 养父或继父",
        "继母 后母 继母或养母 养母或继母",
        "继父母",
    ),
    (
        KinClass.HUSBAND_S_PARENT,
        "公公 家公 公爹 家翁 翁",
        "婆婆 家婆 婆母 家姑",
        "公婆 翁姑",
    ),
    (
        KinClass.WIFE_S_PARENT,
        "岳父 丈人 老丈人 岳丈 外父",
        "岳母 丈母 丈母娘 外母",
        "岳父母",
    ),
    (KinClass.FATHER_S_PARENT, "祖父 爷爷 爷", "祖母 奶奶 奶", "祖父母 爷爷奶奶"),
    (
        KinClass.MOTHER_S_PARENT,
        "外祖父 外公 姥爷 外爷",
        "外祖母 外婆 姥姥 姥娘 外奶奶",
        "外祖父母",
    ),
    (
        KinClass.SPOUSE_S_GRANDPARENT,
        "配偶祖父 配偶外祖父 夫祖父 妻祖父 太岳父",
        "配偶祖母 配偶外祖母 夫祖母 妻祖母 太岳母",
        "配偶祖父母 配偶外祖父母 配偶祖父母或外祖父母 配偶祖父母/外祖父母",
    ),
    (
        KinClass.GREAT_GRANDPARENT,
        "曾祖父 太爷爷 太爷 老太爷 外曾祖父 曾外祖父",
        "曾祖母 太奶奶 外曾祖母 曾外祖母",
        "曾祖父母 外曾祖父母",
    ),
    (
        KinClass.SIBLING,
        "兄 哥 哥哥 弟 弟弟 兄弟 兄长 胞兄 胞弟 胞兄弟 兄或弟",
        "姐 姐姐 姊 妹 妹妹 姐妹 姊妹 胞姐 胞妹 胞姐妹",
        "兄弟姐妹 兄弟姊妹 兄妹 姐弟 同胞兄弟姐妹",
    ),
    (
        KinClass.BROTHER_S_WIFE,
        "",
        "嫂 嫂子 嫂嫂 弟媳 弟媳妇 弟妇 弟妹 兄嫂 兄媳",
        "",
    ),
    (KinClass.SISTER_S_HUSBAND, "姐夫 姊夫 姐丈 妹夫 妹婿 姐婿 妹丈", "", ""),
    (
        KinClass.SPOUSE_S_SIBLING,
        "小叔子 大伯子 大舅子 小舅子 舅子 内兄 内弟 妻兄 妻弟 夫兄 夫弟",
        "小姑子 大姑子 大姨子 小姨子 姨子 妻姐 妻妹 夫姐 夫妹 内妹",
        "配偶兄弟姐妹",
    ),
    (KinClass.BROTHER_S_CHILD, "侄子 侄儿 侄男", "侄女 侄女儿", "侄 侄子女"),
    (KinClass.SISTER_S_CHILD, "外甥子 外甥男", "外甥女 外甥女儿 甥女", "外甥 甥 外甥子女"),
    (
        KinClass.NEPHEW_S_SPOUSE,
        "侄女婿 侄婿 外甥女婿 外甥婿 甥婿",
        "侄媳 侄媳妇 侄儿媳 外甥媳 外甥媳妇 甥媳",
        "",
    ),
    (
        KinClass.FATHER_S_SIBLING,
        "伯父 伯伯 伯 叔父 叔叔 叔",
        "姑母 姑姑 姑 姑妈",
        "",
    ),
    (
        KinClass.MOTHER_S_SIBLING,
        "舅父 舅舅 舅",
        "姨母 姨 姨妈",
        "",
    ),
    (
        KinClass.FATHER_S_SIBLING_S_SPOUSE,
        "姑父 姑丈 姑夫",
        "伯母 婶母 婶 婶婶 婶子 叔母",
        "",
    ),
    (KinClass.MOTHER_S_SIBLING_S_SPOUSE, "姨父 姨丈 姨夫", "舅母 舅妈 舅妇 妗子 妗母", ""),
    (
        KinClass.FATHER_S_BROTHER_S_CHILD,
        "堂兄 堂弟 堂哥 堂兄弟",
        "堂姐 堂妹 堂姐妹 堂姊妹",
        "堂兄弟姐妹",
    ),
    (
        KinClass.OTHER_COUSIN,
        "表兄 表弟 表哥 表兄弟",
        "表姐 表妹 表姐妹 表姊妹",
        "表兄弟姐妹",
    ),
    (KinClass.OTHER_RELATIVE, "", "", "其他亲属 其它亲属 其他亲戚 亲属 亲戚 其他"),
    (
        KinClass.NON_RELATIVE,
        "",
        "",
        "非亲属 非亲 无亲属关系 非亲属关系 保姆 同事 同学 朋友 学生 职工 集体户成员",
    ),
)
_WORDS: Final = MappingProxyType(
    {
        word: (kin, sex)
        for kin, men, women, either in _ROWS
        for words, sex in ((men, "男"), (women, "女"), (either, None))
        for word in words.split()
    }
)
_SIMPLIFIED: Final = str.maketrans(
    "長兒媽爺孫親養繼嶽姪壻獨戶屬婦嬸姊與關係閨贅領貳參叁後",
    "长儿妈爷孙亲养继岳侄婿独户属妇婶姐与关系闺赘领二三三后",
)
_NOISE: Final = re.compile(r"[\s.。,，、:：;；·'\"`|_\-—()（）\[\]【】<>《》*]+")
_PREFIX: Final = re.compile(
    r"^(?:户主或与户主关系|与户主关系|户主或与户主|户主关系)?(?:(?:系|为|是)?户主(?:之|的)?)?(?=.)"
)
_ORDER: Final = re.compile(
    r"^([继养]?)(?:长|大|次|[一二三四五六七八九]|十[一二三四五]?|小|幺|么|末)"
)
_ONLY_ONE: Final = frozenset(
    {
        KinClass.HOUSEHOLDER,
        KinClass.SPOUSE,
        KinClass.PARENT,
        KinClass.ADOPTIVE_PARENT,
        KinClass.STEP_PARENT,
        KinClass.HUSBAND_S_PARENT,
        KinClass.WIFE_S_PARENT,
        KinClass.FATHER_S_PARENT,
        KinClass.MOTHER_S_PARENT,
        KinClass.SPOUSE_S_GRANDPARENT,
        KinClass.GREAT_GRANDPARENT,
    }
)
"""Nobody has a second of these: 二爷爷 is the grandfather's brother, 小母 no mother."""
_COUNTED: Final = frozenset(
    word for word, (kin, _) in _WORDS.items() if kin not in OPEN | _ONLY_ONE
)
_MEANS_TWO_THINGS: Final = frozenset(
    ("小叔", "小姑", "小舅", "小姨", "大伯", "大姑", "大姨", "大舅", "长老")
)
"""Husband's brother or father's brother, and the like: no reader can tell, so nobody guesses."""


def read_relation_word(text: str | None) -> RelationWord:
    """The meaning of a printed relation word; class UNKNOWN for anything that is none.

    Spaces, punctuation, traditional characters and a leading 户主之 are tolerated; nothing is
    guessed: a word one stroke away from a known one stays unknown.
    """
    if not text:
        return RelationWord("", KinClass.UNKNOWN, None)
    return _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> RelationWord:
    word = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED)
    word = _NOISE.sub("", word)
    for candidate in _candidates(word):
        if candidate in _WORDS:
            kin, sex = _WORDS[candidate]
            return RelationWord(word, kin, sex)
    return RelationWord(word, KinClass.UNKNOWN, None)


def _candidates(word: str) -> list[str]:
    """The word itself, without a leading 户主之, without its number of birth (长, 二)."""
    bare = _PREFIX.sub("", word) if word not in _WORDS else word
    bare = re.sub(r"^配偶的", "配偶", bare)
    plain = _ORDER.sub(r"\1", bare)
    counted = [plain] if plain in _COUNTED and bare not in _MEANS_TWO_THINGS else []
    return [word, bare, *counted]


def known_words() -> tuple[str, ...]:
    """Every word of the list, in its order, without the numbers of birth."""
    return tuple(_WORDS)
