"""What only papers print that are none of ours, and how much it speaks against ours.

Words count only as they are: a divorce certificate differs by one character from a marriage
certificate. Words that a watermark lays over a card name what the copy is for, not the paper.
"""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
from tasks.reading.layout.overlay_words import without_overlay

Words = MappingProxyType[str, float]
_CARDS: Final = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM})
_STATEMENTS: Final = frozenset({DocumentKind.KINSHIP_NOTARIAL, DocumentKind.COMMITMENT_LETTER})

CARD_TITLES: Final = MappingProxyType(
    {
        "临时居民身份证": 12.0, "临时身份证": 12.0, "居住证": 10.0, "港澳居民": 8.0,
        "台湾居民": 8.0, "永久居留": 10.0, "通行证": 8.0, "社会保障卡": 10.0, "医疗保障卡": 8.0,
        "借记卡": 6.0, "银行卡": 6.0, "信用卡": 6.0, "驾驶证": 10.0, "行驶证": 10.0, "护照": 8.0,
        "学生证": 8.0, "残疾人证": 8.0, "优待证": 6.0, "警官证": 8.0, "军官证": 8.0,
        "士兵证": 8.0,
    }
)  # fmt: skip
"""Names of other cards, at the head of the card that they name. Certificates print them as the sort
of somebody's paper, so they speak against cards only."""
CARD_LABELS: Final = MappingProxyType(
    {
        "通行证号码": 6.0, "社会保障号码": 3.0, "准驾车型": 8.0, "初次领证": 8.0, "号牌号码": 8.0,
        "车辆类型": 6.0, "车辆识别代号": 8.0, "发动机号码": 6.0, "护照号": 6.0, "PASSPORT": 8.0,
        "签发地点": 5.0, "国家移民管理局": 6.0, "出入境管理": 6.0, "换证次数": 6.0,
        "残疾类别": 6.0, "Nationality": 4.0, "国籍": 3.0,
    }
)  # fmt: skip
"""Labels and offices that only other cards print."""
OTHER_STATEMENTS: Final = MappingProxyType(
    {
        "遗嘱": 8.0, "遗赠": 8.0, "遗产": 6.0, "继承权": 6.0, "毕业证": 6.0, "学位证": 6.0,
        "学历": 4.0, "犯罪": 8.0, "刑事处分": 8.0, "委托书": 6.0, "委托人": 5.0, "受托人": 5.0,
        "代理权限": 5.0, "声明书": 5.0, "买卖合同": 6.0, "借款合同": 6.0, "抵押": 5.0,
        "强制执行": 6.0, "赋予": 3.0, "在职证明": 8.0, "工作证明": 8.0, "收入证明": 8.0,
        "我单位": 5.0, "本单位": 4.0, "任职": 4.0, "月收入": 6.0, "职务": 3.0, "驾驶证": 5.0,
        "居民委员会": 4.0, "村民委员会": 4.0, "社区居委会": 4.0, "我社区": 5.0, "我村": 4.0,
    }
)  # fmt: skip
"""What notarial papers of other matters say, and certificates of employers and communities."""
ANYWHERE: Final = MappingProxyType(
    {
        "离婚证": 8.0, "离婚登记": 6.0, "自愿离婚": 6.0, "离婚申请": 6.0, "申请离婚": 6.0,
        "索引表": 9.0, "变动后的住址": 4.0, "变动日期": 2.0, "更正后的内容": 4.0,
        "更正后内容": 4.0, "变更更正日期": 3.0, "登记事项变更和更正": 4.0, "户口迁移证": 10.0,
        "户籍证明": 8.0, "无犯罪记录": 8.0, "委托公证": 6.0, "购物小票": 6.0, "销售单": 4.0,
        "营业执照": 8.0, "准生证": 8.0, "预防接种": 6.0, "独生子女": 4.0,
    }
)  # fmt: skip
"""What speaks against every kind of ours."""
_PURPOSE: Final = re.compile(
    "(?:办理?|用于|供|限|申请|申领|换领?|补领?|开通)(?:{0})|(?:{0})(?:使用|专用|业务|登记|换证|开户|申请|办理|之用|审核)".format(
        "|".join((*CARD_TITLES, "驾照", "身份证"))
    )
)
"""A paper as what a copy is meant for."""
_OWN_TITLE: Final = re.compile("(?:中华人民共和国)?居民身份证")
_FIRST_LABEL: Final = re.compile("姓名?|性别|出生|民族")


def foreign_evidence(texts: tuple[str, ...], kind: DocumentKind) -> float:
    """How much the words of a page speak against its being of a kind.

    Args:
        texts: Its lines without blanks, from above.
        kind: What its other words speak for.
    """
    own = tuple(_PURPOSE.sub("", without_overlay(text)) for text in texts)
    page = "\n".join(own)
    found = _weight(ANYWHERE, page)
    if kind in _STATEMENTS:
        found += _weight(OTHER_STATEMENTS, page)
    if kind in _CARDS:
        found += _weight(CARD_LABELS, page) + _weight(CARD_TITLES, _head(own))
    return found


def _weight(words: Words, page: str) -> float:
    return sum(weight for word, weight in words.items() if word in page)


def _head(texts: tuple[str, ...]) -> str:
    """Where a card prints its own name: above its first label, nowhere where it names itself."""
    if any(_OWN_TITLE.fullmatch(text) for text in texts):
        return "\n".join(text for text in texts if "临时" in text)
    first = next((i for i, text in enumerate(texts) if _FIRST_LABEL.match(text)), len(texts))
    return "\n".join(texts[: first + 1])
