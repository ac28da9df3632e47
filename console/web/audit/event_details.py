"""What an audit event tells beside its name, in words: no code, no instant of another zone."""

import datetime as dt
import re
from types import MappingProxyType
from typing import Final, NamedTuple

from console.web.choice_words import choice_word, face_word
from models.audit.event import AuditEvent, Detail
from models.bindings.unbinding import EndReason
from models.clock import CHINA
from models.reading.document import DocumentKind
from models.reading.field_name import field_zh
from models.reviews.grounds import AskedPerson, GroundKind, VerificationChannel
from models.reviews.review_work import PaperView, ViewKind
from storage.audit.current_run import RUN
from tasks.checks.rule_table import DECLARED

_NAMES: Final = MappingProxyType(
    {
        "outcome": ("结果", "outcome"),
        "codes": ("原因", "reasons"),
        "code": ("原因", "reason"),
        "policy": ("政策", "policy"),
        "engine": ("引擎", "engine"),
        "thresholds": ("阈值", "bands"),
        "kind": ("材料", "paper"),
        "kind_confidence": ("置信度", "confidence"),
        "band": ("区间", "band"),
        "score": ("相似度", "score"),
        "relationship": ("亲属关系", "kinship"),
        "answers": ("核验", "checks"),
        "due": ("期限", "due"),
        "files": ("文件", "files"),
        "field": ("字段", "field"),
        "state": ("状态", "state"),
        "binding_id": ("绑定", "binding"),
        "audit_head": ("链头", "head"),
        "review_id": ("案件", "case"),
        "of": ("原案件", "of case"),
        "verdict": ("结论", "verdict"),
        "signer": ("证书", "certificate"),
        "round": ("第几次提交", "round"),
        "carried": ("沿用", "carried"),
        "days_used": ("已用天数", "days used"),
        "keys": ("清单哈希", "list"),
        "left": ("剩余", "left"),
        "object": ("对象哈希", "object"),
        "content": ("内容哈希", "content"),
        "digest": ("文件哈希", "file"),
        "reason": ("说明", "reason"),
        "until": ("至", "until"),
        "lease_until": ("领取至", "held until"),
        "answer_by": ("补件截止", "answer by"),
        "class": ("类别", "class"),
        "objects": ("对象数", "objects"),
        "pdf": ("PDF 哈希", "PDF"),
        "events": ("事件数", "events"),
        "root": ("树根", "root"),
        "batch": ("批次", "batch"),
        "faults": ("出错", "faults"),
        "name": ("用户名", "name"),
        "change": ("变更", "change"),
        "key": ("密钥", "key"),
        "by": ("办理人", "by"),
        "asked_by": ("申请人", "asked by"),
        "why": ("原因", "why"),
        "destination": ("去向", "destination"),
        "notice": ("通知", "notice"),
        "delivery": ("批次", "delivery"),
        "applications": ("申请数", "applications"),
        "parcel": ("提交", "parcel"),
        "known": ("已知", "known"),
        "readings": ("识别结果", "readings"),
        "faces": ("人脸比对", "faces"),
        "checks": ("核验结果", "checks"),
        "decision": ("决定", "decision"),
        "to": ("指派给", "given to"),
        "holder": ("原办理人", "was with"),
        "ordinal": ("第几份意见", "opinion"),
        "grounds": ("认定依据", "grounds"),
        "verified": ("人工核验", "verified"),
        "to_round": ("针对第几次提交", "to round"),
        "decided_by": ("决定者", "decided by"),
        "late": ("逾期", "late"),
        "effective": ("生效日", "from"),
        "consents": ("同意人", "agreed"),
    }
)
_HIDDEN: Final = frozenset(
    {RUN, "page", "part", "provisional", "compared", "liveness", "json", "decision_name"}
    | {"rows", "policies"}
)
_CODED: Final = frozenset({"engine", "thresholds", "policy", "signer", "destination", "parcel"})
"""Names and versions of programs and files: they are what they are in every language."""
_HASH: Final = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}")
_HASH_DIGITS: Final = 12
_PLACE: Final = re.compile(r"(\d+|form):([a-z0-9_.]+)")


class DetailView(NamedTuple):
    """One thing that an event tells.

    Attributes:
        name: In Chinese and English.
        value: Likewise.
        coded: It is an identifier, a digest or a version.
    """

    name: tuple[str, str]
    value: tuple[str, str]
    coded: bool


def event_details(event: AuditEvent) -> tuple[DetailView, ...]:
    """What an event tells, but for what says nothing to people."""
    return tuple(
        _detail(name, value)
        for name, value in event.details.items()
        if name not in _HIDDEN and value not in ("", [], 0.0)
    )


def _detail(name: str, value: Detail) -> DetailView:
    words = _NAMES.get(name, ("其他", name.replace("_", " ")))
    text = " ".join(value) if isinstance(value, list) else str(value)
    if _HASH.fullmatch(text):
        return DetailView(words, (f"{text[:_HASH_DIGITS]}…",) * 2, coded=True)
    if name in _CODED or name not in _NAMES:
        return DetailView(words, (text, text), coded=True)
    return DetailView(words, _words(name, value, text), coded=False)


def _words(name: str, value: Detail, text: str) -> tuple[str, str]:
    if isinstance(value, list):
        return _LISTS.get(name, _each)(value)
    if name == "kind" and value in set(DocumentKind):
        return DocumentKind(text).zh, text.replace("_", " ")
    if name == "field":
        return _fields(text)
    if name == "reason":
        return _reason(text)
    moment = _moment_or_none(text)
    if moment:
        return moment, moment
    return choice_word("zh", text), choice_word("en", text)


def _answers(answers: list[str]) -> tuple[str, str]:
    """How many checks there were, and which did not pass, by what should hold."""
    pairs = [answer.partition("=")[::2] for answer in answers]
    open_ones = [(check, verdict) for check, verdict in pairs if verdict != "passed"]
    if not open_ones:
        return f"{len(answers)} 项全部通过", f"{len(answers)}, all passed"
    zh = "；".join(
        f"{DECLARED[check].zh if check in DECLARED else '其他核验'}：{choice_word('zh', verdict)}"
        for check, verdict in open_ones
    )
    en = "; ".join(f"{c.replace('_', ' ')}: {v.replace('_', ' ')}" for c, v in open_ones)
    return f"{len(answers)} 项，未通过 {len(open_ones)} 项：{zh}", f"{len(answers)}; {en}"


def _reason(text: str) -> tuple[str, str]:
    """Why a binding ended, or what was said about faces."""
    if text in set(EndReason):
        return EndReason(text).zh, text
    return face_word("zh", text), text


def _grounds(grounds: list[str]) -> tuple[str, str]:
    """How each failed check that was approved over was verified: `X20:original`."""
    pairs = [(code, GroundKind(kind)) for code, _, kind in (one.partition(":") for one in grounds)]
    return (
        "；".join(f"{code} {kind.zh}" for code, kind in pairs),
        "; ".join(f"{code} {kind.en}" for code, kind in pairs),
    )


def _verified(verified: list[str]) -> tuple[str, str]:
    """Who was asked for the member's will, how, and when."""
    asked, channel = AskedPerson(verified[0]), VerificationChannel(verified[1])
    when = _moment_or_none(verified[2]) or ""
    return f"{asked.zh} {channel.zh} {when}", f"{asked.en}, {channel.en}, {when}"


def _each(values: list[str]) -> tuple[str, str]:
    zh, en = (" ".join(choice_word(lang, one) for one in values) for lang in ("zh", "en"))
    return zh, en


_LISTS: Final = MappingProxyType({"answers": _answers, "grounds": _grounds, "verified": _verified})


def _fields(text: str) -> tuple[str, str]:
    """Fields by their paper's number, counted from 1 as tabs are."""
    zh, en = [], []
    for paper, field in _PLACE.findall(text):
        plain = field.rpartition(".")[2]
        where = "申请表" if paper == "form" else f"第{int(paper) + 1}份"
        zh.append(f"{where}{field_zh(plain)}")
        en.append(f"{paper if paper == 'form' else int(paper) + 1} {field.replace('_', ' ')}")
    return "、".join(zh), ", ".join(en)


def _moment_or_none(text: str) -> str | None:
    """An instant by the office's clock; None for what is none."""
    if "T" not in text:
        return None
    try:
        return f"{dt.datetime.fromisoformat(text).astimezone(CHINA):%Y-%m-%d %H:%M}"
    except ValueError:
        return None


def view_place(look: PaperView) -> tuple[str, str]:
    """Where somebody looked, in Chinese and English."""
    if look.kind is ViewKind.FIELD:
        return _fields(look.detail)
    if look.detail.isdigit():
        return f"第{int(look.detail) + 1}份", f"paper {int(look.detail) + 1}"
    return look.detail, look.detail
