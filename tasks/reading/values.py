"""Bring what is printed into the one form in which values are compared."""

import re
from collections.abc import Callable
from typing import Final

from models.names import is_name, normalise_name
from models.written_date import parse_date, parse_moment

Normaliser = Callable[[str], str | None]
"""From a raw text to the normalised value; None where the text is no such value."""

ETHNICITIES: Final = tuple(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡"
    " 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯"
    " 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺".split()
)
RELATION_WORDS: Final = tuple(
    "户主 配偶 夫 妻 丈夫 妻子 子 儿子 独生子 长子 大儿子 次子 二子 二儿子 三子 四子 五子 养子 继子 女婿"
    " 女 女儿 独生女 长女 大女儿 次女 二女 二女儿 三女 四女 五女 养女 继女 儿媳 媳妇 儿媳妇 长媳 次媳"
    " 孙 孙子 孙女 长孙 次孙 长孙女 次孙女 外孙 外孙子 外孙女 孙媳 孙媳妇 孙女婿 外孙媳妇 外孙女婿 曾孙 曾孙子"
    " 曾孙女 外曾孙 外曾孙女 父母 父 父亲 母 母亲 公公 婆婆 家公 家婆 岳父 岳母 丈人 继父 养父 继母 养母"
    " 祖父 祖母 外祖父 外祖母 爷爷 奶奶 外公 外婆 姥爷 姥姥 曾祖父 曾祖母 兄 嫂 弟 弟媳 弟妹 姐 姐姐 姐夫 妹 妹妹"
    " 妹夫 哥 哥哥 弟弟 兄弟 姐妹 兄弟姐妹 伯父 伯母 叔父 叔母 婶母 舅父 舅母 姨父 姨母 姑父 姑母 堂兄 堂弟 堂姐 堂妹 表兄 表弟"
    " 表姐 表妹 侄 侄子 侄儿 侄女 外甥 外甥女 子女 其他亲属 其他 非亲属 本人 保姆 之子 之女 之妻 之夫".split()
)
MARITAL_STATUSES: Final = (
    "未婚",
    "已婚",
    "初婚",
    "再婚",
    "复婚",
    "丧偶",
    "离婚",
    "离异",
    "有配偶",
    "未说明的婚姻状况",
)
HOUSEHOLD_TYPES: Final = tuple(
    "家庭户 集体户 居民户口家庭户 居民户口集体户 居民家庭户 居民集体户 非农业家庭户 非农业集体户 农业家庭户"
    " 农业集体户 非农业户口 农业户口 居民户口 非农业家庭户口 农业家庭户口 非农业户 农业户 居民户".split()
)
_BLANK_MARKS: Final = frozenset(
    {"", "无", "未提供", "空白", "—", "-", "--", "——", "/", "\\", "***", "*"}
)
_DIGIT_LOOKS: Final = str.maketrans("OoQDIlLi|!ZzSsBｘ×xＸ", "0000111111" + "225" + "58XXXX")
_TRADITIONAL: Final = str.maketrans("漢滿壯瑤傣藏彜維爾僳", "汉满壮瑶傣藏彝维尔僳")
_DATE_NOISE: Final = re.compile(r"[^0-9年月日时分:：.\-/〇零○OＯ一二三四五六七八九十元正廿卅]")
_EDGES: Final = " \u3000:：.,，。·|丨'\"`~_;；"


def squeeze(text: str) -> str:
    """Without blanks, and without stray marks at both ends."""
    return re.sub(r"\s+", "", text).strip(_EDGES)


def is_blank(text: str) -> bool:
    """Whether the paper says that nothing stands here."""
    return squeeze(text) in _BLANK_MARKS


def name(text: str) -> str | None:
    """A person's name."""
    value = normalise_name(re.sub(r"^[A-Za-z .,]+|[A-Za-z .,]+$", "", squeeze(text)))
    return value if is_name(value) else None


def sex(text: str) -> str | None:
    """男 or 女, also out of 男性 or 女性."""
    found = set(re.findall("[男女]", text))
    return found.pop() if len(found) == 1 and len(squeeze(text)) <= 3 else None


def ethnicity(text: str) -> str | None:
    """One of the 56, without 族; a naturalised or unrecognised group as it is printed."""
    printed = squeeze(text).translate(_TRADITIONAL)
    value = re.sub(r"[^\u4e00-\u9fff()（）]", "", printed)
    value = re.sub(r"族$", "", value)
    if value in ETHNICITIES:
        return value
    return value if re.fullmatch(r"[\u4e00-\u9fff]{1,5}(\(入籍\)|（入籍）)?", value) else None


def known_ethnicity(value: str) -> bool:
    """Whether it is one of the 56 recognised groups."""
    return value in ETHNICITIES


def date(text: str) -> str | None:
    """`YYYY-MM-DD`."""
    parsed = parse_date(_DATE_NOISE.sub("", text))
    return parsed.isoformat() if parsed else None


def moment(text: str) -> str | None:
    """`YYYY-MM-DDTHH:MM`; None where no time of day is printed."""
    parsed = parse_moment(text)
    if parsed is None or not re.search(r"[时:：]", text):
        return None
    return parsed.strftime("%Y-%m-%dT%H:%M")


def id_number(text: str) -> str | None:
    """18 characters (or the old 15); look-alike letters become the digits they stand for.

    That is the reading of a digit in a field that holds digits only, not a repair: no character
    is ever chosen because the check digit would then fit.
    """
    value = re.sub(r"[^0-9A-Za-z×ｘＸ|!]", "", text).translate(_DIGIT_LOOKS)
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", value):
        return value
    return None


def certificate_number(text: str) -> str | None:
    """One letter and nine digits; the place decides whether O is a letter or a zero."""
    value = re.sub(r"[^0-9A-Za-z|]", "", text).upper()
    if len(value) != 10:
        return None
    letter = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}.get(value[0], value[0])
    digits = value[1:].translate(_DIGIT_LOOKS)
    if letter.isalpha() and digits.isdigit():
        return letter + digits
    return None


def digits(text: str) -> str | None:
    """A number of a book: digits, letters and hyphens."""
    value = re.sub(r"[^0-9A-Za-z-]", "", text).upper()
    return value if len(value) >= 4 and re.search(r"\d", value) else None


def relation(text: str) -> str | None:
    """The relation word as it is printed."""
    value = squeeze(text).strip("()（）")
    return value if re.fullmatch(r"[\u4e00-\u9fff]{1,8}", value) else None


def known_relation(value: str) -> bool:
    """Whether it is a word that registers use."""
    return value in RELATION_WORDS


def marital_status(text: str) -> str | None:
    """The status as it is printed."""
    value = squeeze(text)
    return value if re.fullmatch(r"[\u4e00-\u9fff]{2,8}", value) else None


def household_type(text: str) -> str | None:
    """户别 as it is printed."""
    value = squeeze(text)
    return value if re.fullmatch(r"[\u4e00-\u9fff()（）]{2,14}", value) else None


def address(text: str) -> str | None:
    """An address in one line."""
    value = squeeze(text)
    return value if len(value) >= 4 and re.search(r"[\u4e00-\u9fff]", value) else None


def organisation(text: str) -> str | None:
    """An office or a hospital."""
    value = squeeze(text)
    return value if re.search(r"[\u4e00-\u9fff]{3,}", value) else None
