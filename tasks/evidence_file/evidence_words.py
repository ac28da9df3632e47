"""The codes of an evidence file in words, Chinese first."""

import datetime as dt
from types import MappingProxyType
from typing import Final

from models.clock import CHINA
from models.reading.document import DocumentKind
from models.reading.field_name import field_zh

WORDS: Final = MappingProxyType(
    {
        "approved": "通过",
        "returned": "退回补件",
        "in_review": "人工审核",
        "rejected": "拒绝",
        "failed": "不符",
        "cannot_tell": "无法判定",
        "passed": "通过",
        "proven": "已证明",
        "contradicted": "与材料矛盾",
        "not_determined": "未能确定",
        "match": "同一人",
        "unsure": "不确定",
        "mismatch": "非同一人",
        "spouse": "配偶",
        "parent": "父母",
        "child": "子女",
        "sibling": "兄弟姐妹",
        "grandparent": "祖父母、外祖父母",
        "grandchild": "孙子女、外孙子女",
        "other": "其他",
        "applicant": "申请人",
        "member": "被绑定人",
        "application": "申请",
        "form": "申请表",
        "family_account": "亲情账户",
        "mutual_aid": "家庭共济",
        "machine": "系统",
        "active": "有效",
        "suspended": "中止",
        "ended": "已终止",
        "pictures": "图片",
        "readings": "识别结果",
        "records": "申请记录",
        "doubt": "存疑",
        "sample": "抽检（事后，不影响结果）",
        "second_look": "复查（事后，不影响结果）",
    }
)


def both(code: str | None) -> str:
    """A code in Chinese and English; one without words stands for itself."""
    if not code:
        return ""
    plain = code.replace("_", " ")
    return f"{WORDS[code]} {plain}" if code in WORDS else plain


def kind_words(kind: str) -> str:
    """A kind of paper in both languages."""
    return f"{DocumentKind(kind).zh} {kind.replace('_', ' ')}"


def field_words(name: str | None) -> str:
    """A field in both languages; those of the form say whose they are."""
    if not name:
        return ""
    role, _, plain = name.rpartition(".")
    zh, en = field_zh(plain), plain.replace("_", " ")
    return f"{WORDS.get(role, role)}{'' if zh == plain else zh} {en}".strip()


def moment(at: dt.datetime | None) -> str:
    """A point in time as the office's clock shows it."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if at else ""
