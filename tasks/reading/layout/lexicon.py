"""The labels that papers print, with their variants; a key that is no field only separates."""

from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind

Lexicon = MappingProxyType[str, tuple[str, ...]]
"""From a label's key to the wordings under which papers print it."""


def _lexicon(**labels: str) -> Lexicon:
    return MappingProxyType({key: tuple(words.split()) for key, words in labels.items()})


ID_CARD_PORTRAIT: Final = _lexicon(
    name="姓名",
    sex="性别",
    ethnicity="民族",
    birth_date="出生日期 出生",
    address="住址",
    id_number="公民身份号码 公民身份证号码 公民身份证号 公民身份证件号码 身份证号码",
)
ID_CARD_EMBLEM: Final = _lexicon(
    issuing_authority="签发机关",
    term="有效期限 有效日期",
    title="中华人民共和国 居民身份证",
)
HUKOU_COVER: Final = _lexicon(
    household_type="户别 户口类别 户口性质",
    householder_name="户主姓名 户主",
    household_number="户号 户口号 户口编号 户籍号",
    address="住址 户籍地址 家庭住址 现住址",
    issue_date="签发日期 签发时间 发证日期",
    seal_province="省级公安机关户口专用章 省级公安机关",
    seal_station="户口登记机关户口专用章 户口登记机关",
    seal="户口专用章",
    clerk="承办人签章 经办人签章 承办人",
    title="居民户口簿 户口簿",
    moved="住址变动登记",
)
HUKOU_MEMBER: Final = _lexicon(
    name="姓名",
    relation_to_householder=(
        "户主或与户主关系 户主或与户主的关系 户主或与 户主关系 与户主关系 与户主的关系"
    ),
    former_name="曾用名",
    sex="性别",
    birth_place="出生地",
    ethnicity="民族",
    native_place="籍贯",
    birth_date="出生日期 出生年月日",
    other_address="本市(县)其他住址 本市县其他住址 本市(县)其它住址 本市(县) 其他住址 其它住址",
    religion="宗教信仰",
    id_number=(
        "公民身份号码 公民身份证件编号 公民身份证件号码 公民身份证编号 公民身份证号码 公民身份证号"
        " 公民身份证件 公民身份 身份证件编号 身份证号码 证件编号 号码"
    ),
    height="身高",
    blood="血型",
    schooling="文化程度",
    marital_status="婚姻状况 婚否",
    military="兵役状况",
    employer="服务处所 工作单位",
    occupation="职业",
    moved_to_city=(
        "何时由何地迁来本市(县) 何时由何地迁来本市县 何时由何地迁来本市"
        " 何时由何地迁来本县 迁来本市(县)"
    ),
    moved_here="何时由何地迁来本址 何时由何地迁来 何时由何地 迁来本址",
    clerk="承办人签章 经办人签章 承办人",
    registration_date="登记日期",
    household_number="户号 户口号 户编号",
    title="常住人口登记卡 登记事项变更和更正记载",
    seal="户口登记章 户口专用章 户口登记专用章",
)
BIRTH_CERTIFICATE: Final = _lexicon(
    newborn_name="新生儿姓名 婴儿姓名 新生儿姓",
    newborn_sex="性别 新生儿性别",
    birth_time="出生时间 出生日期 出生年月日",
    gestation="出生孕周 孕周",
    weight="出生体重 体重",
    length="出生身长 身长",
    birth_place="出生地点 出生地 出生地址",
    institution="医疗机构名称 接生机构名称 助产机构名称 接生机构 助产机构 医疗机构",
    mother_name="母亲姓名",
    father_name="父亲姓名",
    mother="母亲信息 母亲",
    father="父亲信息 父亲",
    newborn="新生儿信息 新生儿",
    name="姓名",
    age="年龄 年齡 年令",
    nationality="国籍",
    ethnicity="民族",
    address="家庭住址 现住址 住址 居住地址",
    id_kind="有效身份证件类别 有效身份证件类型 有效身份证件名称 证件类别 证件类型 身份证件类别",
    id_number=(
        "有效身份证件号码 有效身份证件编号 有效身份证件号 身份证件号码 身份证号码 证件号码"
        " 居民身份证号码 公民身份号码 身份证号 有效身份证件 号码"
    ),
    issuing_body="签发机构(盖章) 签发机构(专用章) 签发机构名称 签发机构 签发单位 签证机构",
    issue_date="签发日期 签发时间 签证日期",
    certificate_number=(
        "出生医学证明编号 出生证编号 出生证明编号 证明编号 证件编号 出生证号 出生证明号 编号"
    ),
    seal="出生医学证明专用章 医学证明专用章 专用章 (盖章) 盖章",
    title="出生医学证明",
)

LEXICONS: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: ID_CARD_PORTRAIT,
        DocumentKind.ID_CARD_EMBLEM: ID_CARD_EMBLEM,
        DocumentKind.HUKOU_COVER: HUKOU_COVER,
        DocumentKind.HUKOU_MEMBER: HUKOU_MEMBER,
        DocumentKind.BIRTH_CERTIFICATE: BIRTH_CERTIFICATE,
    }
)
"""The kinds whose fields are read, each with its labels."""
