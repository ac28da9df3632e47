"""The relation words of a hukou book (与户主关系), as GB/T 4761-2008 and clerks print them."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from models.kinship.kin_class import OPEN, KinClass
from models.kinship.word_table import ROWS, TWO_MEANINGS


class RelationWord(NamedTuple):
    """A relation word with its meaning.

    Attributes:
        text: The word without spaces, in simplified characters.
        kin: What the bearer is to the householder; of a word of two meanings, the first.
        sex: 男 or 女 where the word implies one, else None.
        also: The other meanings of a word of two (媳妇).
        rank: The order of birth that the word counts (1 for 长, 2 for 次), else None.
    """

    text: str
    kin: KinClass
    sex: str | None
    also: tuple[tuple[KinClass, str | None], ...] = ()
    rank: int | None = None

    @property
    def meanings(self) -> tuple["RelationWord", ...]:
        """The word once for each of its meanings; itself alone where it has one."""
        if not self.also:
            return (self,)
        own = ((self.kin, self.sex), *self.also)
        return tuple(self._replace(kin=kin, sex=sex, also=()) for kin, sex in own)

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

_WORDS: Final = MappingProxyType(
    {
        word: ((kin, sex),)
        for kin, men, women, either in ROWS
        for words, sex in ((men, "男"), (women, "女"), (either, None))
        for word in words.split()
    }
    | {word: meanings for words, meanings in TWO_MEANINGS for word in words.split()}
)
_SIMPLIFIED: Final = str.maketrans(
    "長兒媽爺孫親養繼嶽姪壻獨戶屬婦嬸姊與關係閨贅領貳參叁後",
    "长儿妈爷孙亲养继岳侄婿独户属妇婶姐与关系闺赘领二三三后",
)
_NOISE: Final = re.compile(r"[\s.。,，、:：;；·'\"`|_\-—()（）\[\]【】<>《》*]+")
_PREFIX: Final = re.compile(
    r"^(?:户主或与户主关系|与户主关系|户主或与户主|户主关系)?(?:(?:系|为|是)?户主(?:之|的)?)?(?=.)"
)
_ORDER: Final = re.compile(r"^([继养]?)(长|大|次|[一二三四五六七八九]|十[一二三四五]?|小|幺|么|末)")
_RANKS: Final = MappingProxyType(
    {"长": 1, "大": 1, "次": 2, "二": 2}
    | {numeral: rank for rank, numeral in enumerate("三四五六七八九十", 3)}
)
_RANKED: Final = frozenset(("长男", "次男", "二男", "三男", "四男", "五男", "六男"))
"""Counted words that stand in the table as they are."""
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
    word
    for word, meanings in _WORDS.items()
    if any(kin not in OPEN | _ONLY_ONE for kin, _ in meanings)
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
    bare = _bare(word)
    if (known := next((w for w in (word, bare) if w in _WORDS), None)) is not None:
        (kin, sex), *also = _WORDS[known]
        return RelationWord(word, kin, sex, tuple(also), _rank(bare) if known in _RANKED else None)
    plain = _ORDER.sub(r"\1", bare)
    if plain in _COUNTED and bare not in _MEANS_TWO_THINGS:
        (kin, sex), *also = (m for m in _WORDS[plain] if m[0] not in _ONLY_ONE)
        return RelationWord(word, kin, sex, tuple(also), _rank(bare))
    return RelationWord(word, KinClass.UNKNOWN, None)


def _bare(word: str) -> str:
    """The word without a leading 户主之."""
    bare = _PREFIX.sub("", word) if word not in _WORDS else word
    return re.sub(r"^配偶的", "配偶", bare)


def _rank(bare: str) -> int | None:
    """The order of birth that a word counts (长媳, 次子)."""
    counted = _ORDER.match(bare)
    return _RANKS.get(counted[2]) if counted else None


def known_words() -> tuple[str, ...]:
    """Every word of the list, in its order, without the numbers of birth."""
    return tuple(_WORDS)
