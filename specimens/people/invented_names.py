"""Invented names: common and rare characters, compound surnames, names with a middle dot."""

from typing import Final, NamedTuple

from models.identity.person_name import MIDDLE_DOT
from specimens.dice import Dice

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史龙陶贺毛郝顾龚邵"
)
_RARE_SURNAMES: Final = "仝亓昝逄郄仉臧阚笪麴璩蒯逯晁郗佘糜尉暴隗"
_COMPOUND: Final = ("欧阳", "上官", "司马", "诸葛", "慕容", "尉迟", "皇甫", "令狐", "夏侯", "司徒")
_MALE: Final = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建国庆志文博轩泽睿航"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀玲燕红梅莉兰英洁云倩雪婷慧颖琳晶佳怡欣瑶萍蕾莹琴璐雯妍菲悦涵诗"
_OLD_MALE: Final = "福贵根发财生德贤有才长金水柱铁山保全树林春来喜宝成忠义仁礼昌盛启云洪顺"
_OLD_FEMALE: Final = "桂香翠花秀珍玉兰淑芬凤英菊素琴月娥腊梅巧云银芝桃仙爱莲"
_RARE: Final = "祎珺玥璟姝喆瑄旻赟翀垚翊昶晟烨珩淏瑀璐珂琬芃婧婕嫣霏翾昇堃彧骁頔钰甯祺祯鋆曈懿"
_ROMANISED: Final = (
    ("维吾尔", "男", "阿卜杜热合曼 艾力 买买提江 吐尔逊 库尔班 努尔麦麦提 玉素甫 卡斯木 亚森"),
    ("维吾尔", "女", "阿依古丽 热依汗 古丽娜尔 帕提古丽 迪丽努尔 玛依热 阿米娜 茹仙古丽 佐日古丽"),
    ("哈萨克", "男", "叶尔兰 巴合提 胡安什 哈那提 赛力克 木拉提"),
    ("哈萨克", "女", "阿依努尔 古丽巴合提 加依娜 沙吾列 努尔古丽 巴合提古丽"),
    ("藏", "男", "扎西 多吉 洛桑 丹增 次仁 嘉措 边巴 旺堆"),
    ("藏", "女", "卓玛 拉姆 央金 德吉 白玛 梅朵 曲珍 仓决"),
    ("彝", "男", "阿木 木呷 拉日 尔古 伍各 里古"),
    ("彝", "女", "阿呷 阿依 伍果 日喜 阿支 木果"),
)
_YI_CLANS: Final = ("吉克", "阿苏", "沙马", "马海", "勒古")
MAJORITY: Final = "汉"
_MINORITIES: Final = (
    "回",
    "满",
    "壮",
    "苗",
    "土家",
    "蒙古",
    "朝鲜",
    "侗",
    "瑶",
    "白",
    "哈尼",
    "傣",
    "黎",
    "畲",
    "仡佬",
    "布依",
    "水",
    "东乡",
    "纳西",
    "土",
    "锡伯",
)
DOTTED: Final = ("维吾尔", "哈萨克", "彝")


class NameStyle(NamedTuple):
    """How a family's members are called.

    Attributes:
        ethnicity: Without 族.
        dotted: Names are given name · father's name (or clan · given name).
        rare: Share of names that hold a rare character, 0 to 1.
    """

    ethnicity: str
    dotted: bool
    rare: float


def invent_style(dice: Dice) -> NameStyle:
    """A way of naming; about one family in five is not Han."""
    if dice.chance(0.80):
        return NameStyle(MAJORITY, dotted=False, rare=0.25)
    if dice.chance(0.6):
        return NameStyle(dice.pick(_MINORITIES), dotted=False, rare=0.1)
    ethnicity = dice.pick((*DOTTED, "藏"))
    return NameStyle(ethnicity, dotted=ethnicity in DOTTED, rare=0)


def invent_surname(style: NameStyle, dice: Dice) -> str:
    """A surname; for dotted names a father's name or clan, for Tibetan ones nothing."""
    if style.ethnicity == "藏":
        return ""
    if style.ethnicity == "彝" and style.dotted:
        return dice.pick(_YI_CLANS)
    if style.dotted:
        return dice.pick(_romanised(style.ethnicity, "男"))
    if dice.chance(style.rare * 0.3):
        return dice.pick(_RARE_SURNAMES)
    return dice.pick(_COMPOUND) if dice.chance(0.03) else dice.pick(_SURNAMES)


def invent_name(surname: str, sex: str, birth_year: int, style: NameStyle, dice: Dice) -> str:
    """A whole name of this sex (男 or 女) in the fashion of its year."""
    if style.dotted or style.ethnicity == "藏":
        return _romanised_name(surname, sex, style, dice)
    if birth_year < 1968:
        letters = _OLD_MALE if sex == "男" else _OLD_FEMALE
    else:
        letters = _MALE if sex == "男" else _FEMALE
    given = dice.pick(letters)
    if dice.chance(style.rare):
        given = dice.pick(_RARE) + (given if dice.chance(0.5) else "")
    elif dice.chance(0.75):
        given = dice.pick(letters) + given
    return surname + given


def _romanised_name(surname: str, sex: str, style: NameStyle, dice: Dice) -> str:
    given = dice.pick(_romanised(style.ethnicity, sex))
    if style.ethnicity == "藏":
        return given + dice.pick(_romanised("藏", sex)) if dice.chance(0.8) else given
    if style.ethnicity == "彝":
        return (
            surname + given + dice.pick("莫洛惹")
            if not style.dotted
            else f"{surname}{MIDDLE_DOT}{given}"
        )
    return f"{given}{MIDDLE_DOT}{surname}"


def _romanised(ethnicity: str, sex: str) -> list[str]:
    return next(names.split() for e, s, names in _ROMANISED if (e, s) == (ethnicity, sex))
