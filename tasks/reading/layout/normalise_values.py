"""Bring what is printed into the one form in which values are compared."""

import re
from collections.abc import Callable
from typing import Final

from models.identity.id_number import check_character
from models.identity.person_name import is_name, normalise_name
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.reading.written_date import parse_date, parse_moment, parse_term

Normaliser = Callable[[str], str | None]
"""From a raw text to the normalised value; None where the text is no such value."""

ETHNICITIES: Final = tuple(
    """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣
    黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗
    撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固
    京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
    """.split()  # noqa: SIM905 - a hundred quoted words read worse
)
MARITAL_STATUSES: Final = frozenset(
    """
    未婚 已婚 初婚 再婚 复婚 丧偶 离婚 离异 离婚未再婚 丧偶未再婚 有配偶 无配偶 未说明
    未说明的婚姻状况 其他 不详 同居 分居
    """.split()  # noqa: SIM905
)
_STRAY: Final = 2
"""Characters beside a word of a closed list that may be another's; more are another text."""
_OTHER_GROUP: Final = re.compile(
    r"[\u4e00-\u9fff]{1,4}人|其他|[\u4e00-\u9fff]{1,5}(\(入籍\)|（入籍）)"
)
"""Groups that are not among the 56, as 穿青人, and who was naturalised."""
_PURPOSE: Final = re.compile("办理|登记|使用|专用|开户|贷款|签证|备案|存档|核验|申请|业务")
_LONGEST_BOOK_NUMBER: Final = 15
"""Characters; numbers of books have 6 to 12, no place is known to print more."""
_HOUSEHOLD_TYPE: Final = re.compile(
    "(非农业|农业|居民|城镇|城市|农村|农户|非农)?(户口)?(家庭|集体)?(户口|户)?"
    "|(非农业|农业|居民|城镇|农村)(户口|户)?[()（）]?(家庭户|集体户)?[()（）]?"
)
_DIVISION: Final = re.compile(
    r"(?:(?![村号栋弄组])[\u4e00-\u9fff]){1,14}?(?:[省市县州盟旗]|(?<![小社园街厂校库营景院])区)"
)
_PROVINCE: Final = re.compile(r"([\u4e00-\u9fff]{1,7}?)(?:省|自治区|特别行政区)")
_PROVINCES: Final = frozenset(
    """
    河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
    陕西 甘肃 青海 台湾 内蒙古 广西壮族 西藏 宁夏回族 新疆维吾尔 香港 澳门
    """.split()  # noqa: SIM905
)
"""GB/T 2260, without the endings."""
_GOES_ON: Final = ("附", "第", "-", "—", "、")
_BLANK: Final = re.compile(r"(未?提供|无|空白|[-—/*\\])*")
_DIGIT_LOOKS: Final = str.maketrans("OoQDIlLi|!ZzSsBｘ×xＸ", "0000111111" + "225" + "58XXXX")
_SIMPLIFIED: Final = str.maketrans(
    "漢滿壯瑤傣彜維爾號區縣鎮鄉莊灣寧東廣陽陝雲貴蘇遼龍濟滬漢紅舊樓單戶組門園橋溝勝興慶豐榮華國軍"
    "紅風飛馬魚鳥麗婭嬌嬋玆瓊瑋瑩蘭蓮蔣藍蕭趙錢孫吳鄭馮陳衛沈韓楊許呂張嚴金魏陶姜謝鄒竇雲潘葛范彭魯韋"
    "馬鳳畢羅賀樂傅齊蕭邵湯貝項祝樑藍閔賈顧塗聶鄧黃劉葉龐閻與強偉傑濤輝鵬輪軒澤潔詩語夢穎靜慧鑫鴻學"
    "賢義禮誠實實縣長鐵鋼銀鎖錦鈺銘鍾鐘關隊階際陸隨難電霽頂順須頤顏願類風飄餘館駿騰驥體鬱鶴鷹麥齡",
    "汉满壮瑶傣彝维尔号区县镇乡庄湾宁东广阳陕云贵苏辽龙济沪汉红旧楼单户组门园桥沟胜兴庆丰荣华国军"
    "红风飞马鱼鸟丽娅娇婵兹琼玮莹兰莲蒋蓝萧赵钱孙吴郑冯陈卫沈韩杨许吕张严金魏陶姜谢邹窦云潘葛范彭鲁韦"
    "马凤毕罗贺乐傅齐萧邵汤贝项祝梁蓝闵贾顾涂聂邓黄刘叶庞阎与强伟杰涛辉鹏轮轩泽洁诗语梦颖静慧鑫鸿学"
    "贤义礼诚实实县长铁钢银锁锦钰铭钟钟关队阶际陆随难电霁顶顺须颐颜愿类风飘余馆骏腾骥体郁鹤鹰麦龄",
)
"""These papers print simplified characters only; a blurred one is at times read as the other."""
_SUBTITLES: Final = re.compile(r"^[A-Za-z][A-Za-z .,'’/()]*|[A-Za-z .,'’/()]*[A-Za-z]\.?$")
"""Foreign words before or after a Chinese value; they are never part of one."""
_ONES: Final = str.maketrans({"Ⅰ": "1", "Ⅱ": "11", "Ⅲ": "111", "‖": "11"})
"""Figures of upright strokes among digits: they are ones."""
_NOUGHTS: Final = re.compile(r"(?<=\d)[OoQ○](?=[\d年月日时分.])")
_LABEL_BRACKET: Final = re.compile(r"^[（(][^（）()]{1,4}[）)][：:]?")
"""What is left of a label's （盖章）; no office's name begins so."""
_LABEL_REST: Final = re.compile(r"^姓?名(?=[\u4e00-\u9fff]{2})")
"""What is left of the label 姓名 where its line runs into the value; no surname is 名."""
_PARTS: Final = re.compile(r"[^0-9A-Za-z×ｘＸ|!]+")
_WHOLE: Final = re.compile(r"\d{17}[\dX]")
_LOOK_ALIKE_RELATIONS: Final = frozenset({"夫", "父"})
_EDGES: Final = " \u3000:：.,，。·|丨'\"`~_;；"


def squeeze(text: str) -> str:
    """Without blanks and stray marks at both ends, in simplified characters."""
    return as_printed(text).translate(_SIMPLIFIED)


def as_printed(text: str) -> str:
    """Without blanks and stray marks at both ends, every character as it stands."""
    return re.sub(r"\s+", "", text).strip(_EDGES)


def is_blank(text: str) -> bool:
    """Whether the paper says that nothing stands here; a foreign subtitle says nothing."""
    return _BLANK.fullmatch(squeeze(_SUBTITLES.sub("", text))) is not None


def name(text: str) -> str | None:
    """A person's name.

    Where the reader saw a traditional form of a common character the name has the simplified one:
    registers print no other. Variants that registers do know (昇, 堃, 喆) stay as they are. What a
    copy is for (办理, 登记, 使用) is a layer's word and in no name.
    """
    value = normalise_name(_LABEL_REST.sub("", squeeze(_SUBTITLES.sub("", as_printed(text)))))
    return value if is_name(value) and not _PURPOSE.search(value) else None


def is_of_other_script(text: str) -> bool:
    """Whether a text holds a character of which registers print the simplified form."""
    return text.translate(_SIMPLIFIED) != text


def sex(text: str) -> str | None:
    """男 or 女, also out of 男性 or 女性."""
    found = set(re.findall("[男女]", text))
    return found.pop() if len(found) == 1 and len(squeeze(text)) <= 3 else None


def ethnicity(text: str) -> str | None:
    """One of the 56, without 族; a naturalised or unrecognised group as it is printed.

    Anything else is misread, or words of a seal: there is no 57th.
    """
    printed = squeeze(text).translate(_SIMPLIFIED)
    value = re.sub(r"[^\u4e00-\u9fff()（）]", "", printed)
    value = re.sub(r"族$", "", value)
    return value if value in ETHNICITIES or _OTHER_GROUP.fullmatch(value) else None


def known_ethnicity(value: str) -> bool:
    """Whether it is one of the 56 recognised groups."""
    return value in ETHNICITIES


def date(text: str) -> str | None:
    """`YYYY-MM-DD`."""
    parsed = parse_date(_in_figures(text))
    return parsed.isoformat() if parsed else None


def moment(text: str) -> str | None:
    """`YYYY-MM-DDTHH:MM`; None where no time of day is printed."""
    parsed = parse_moment(_in_figures(text))
    return parsed.strftime("%Y-%m-%dT%H:%M") if parsed else None


def _in_figures(text: str) -> str:
    """The text with letters among figures as the figures that they look like."""
    return _NOUGHTS.sub("0", text.translate(_ONES))


def term(text: str) -> str | None:
    """The text of a card's term where its start and its end can be read."""
    start, end, long_term = parse_term(text)
    return text if start and (end or long_term) else None


def id_number(text: str) -> str | None:
    """18 characters (or the old 15); look-alike letters become the digits they stand for.

    That is the reading of a digit in a field that holds digits only, not a repair: no character
    is ever chosen because the check digit would then fit. Of a line that runs on into the next
    column, the one part between blanks that is a whole number by its check digit is taken.
    """
    parts = [part.translate(_DIGIT_LOOKS) for part in _PARTS.split(text.translate(_ONES))]
    value = "".join(parts)
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", value):
        return value
    whole = {part for part in parts if _WHOLE.fullmatch(part) and _fits_its_check(part)}
    return whole.pop() if len(whole) == 1 else None


def _fits_its_check(number: str) -> bool:
    return check_character(number[:17]) == number[17]


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
    """A number of a book: digits, letters and hyphens; a longer one has another text behind it."""
    value = re.sub(r"[^0-9A-Za-z-]", "", text).upper()
    fits = 4 <= len(value) <= _LONGEST_BOOK_NUMBER
    return value if fits and re.search(r"\d", value) else None


def relation(text: str) -> str | None:
    """The relation word as it is printed."""
    value = squeeze(text).strip("()（）")
    return value if re.fullmatch(r"[\u4e00-\u9fff]{1,8}", value) else None


def known_relation(value: str) -> bool:
    """Whether it is a word that registers use."""
    return read_relation_word(value).kin is not KinClass.UNKNOWN


def distinct_relation(value: str) -> bool:
    """Whether it is such a word, and none that looks like one of another meaning (夫 and 父)."""
    return known_relation(value) and value not in _LOOK_ALIKE_RELATIONS


def register_word(text: str) -> str | None:
    """A relation word that registers use."""
    value = relation(text)
    return value if value and known_relation(value) else None


def marital_status(text: str) -> str | None:
    """A status that registers use; what a seal or the next column adds to it is left out."""
    value = squeeze(text)
    if known_marital_status(value):
        return value
    held = [word for word in MARITAL_STATUSES if word in value]
    longest = max(held, key=len, default=None)
    alone = longest is not None and all(word in longest for word in held)
    return longest if alone and len(value) - len(longest or "") <= _STRAY else None


def known_marital_status(value: str) -> bool:
    """Whether it is a status that registers use (GB/T 2261.2 and older words)."""
    return value in MARITAL_STATUSES


def household_type(text: str) -> str | None:
    """户别 as it is printed."""
    value = squeeze(text)
    return value if re.fullmatch(r"[\u4e00-\u9fff()（）]{2,14}", value) else None


def known_household_type(value: str) -> bool:
    """Whether it is a type that registers use: 家庭户 or 集体户, with or without its nature."""
    return _HOUSEHOLD_TYPE.fullmatch(value) is not None


def address(text: str) -> str | None:
    """An address in one line."""
    value = squeeze(text)
    return value if len(value) >= 4 and re.search(r"[\u4e00-\u9fff]", value) else None


def is_whole_address(value: str) -> bool:
    """Whether an address shows no sign of a line that was lost, its first one or its last.

    It begins as the names of provinces, cities, counties and banners end, and does not end in a
    word or a mark on which a number follows (号附). A province or autonomous region must be one of
    those there are: 一西壮族自治区 is misread. Parts of a town that are called 区 as well (小区,
    社区) are none.
    """
    province = _PROVINCE.match(value)
    if province is not None and province[1] not in _PROVINCES:
        return False
    return _DIVISION.match(value) is not None and not value.endswith(_GOES_ON)


def native_place(text: str) -> str | None:
    """A place of two levels at least, as 浙江诸暨; a province alone names none."""
    value = squeeze(text)
    return value if re.fullmatch(r"[\u4e00-\u9fff]{4,24}", value) else None


def organisation(text: str) -> str | None:
    """An office or a hospital."""
    value = squeeze(_SUBTITLES.sub("", squeeze(text)).replace("★", ""))
    value = _LABEL_BRACKET.sub("", value)
    return value if re.search(r"[\u4e00-\u9fff]{3,}", value) else None
