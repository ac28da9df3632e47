"""An application's events as a timeline: by round, in words, with versions and runs."""

import datetime as dt
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from console.web.audit.runs_page import run_link
from models.audit.event import AuditEvent, Detail, EventTag
from models.audit.event_wording import event_words
from models.cases.case_round import ApplicationRound
from models.reading.document import DocumentKind
from storage.audit.current_run import RUN
from storage.bootstrap import Repositories
from tasks.evidence.evidence_words import WORDS

_DETAIL_WORDS: Final = MappingProxyType(
    {
        "outcome": ("结果", "outcome"),
        "codes": ("原因", "reasons"),
        "policy": ("政策", "policy"),
        "engine": ("引擎", "engine"),
        "thresholds": ("阈值", "bands"),
        "kind": ("材料", "paper"),
        "kind_confidence": ("把握", "confidence"),
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
        "round": ("轮次", "round"),
        "carried": ("沿用", "carried"),
        "days_used": ("已用天数", "days used"),
        "keys": ("清单哈希", "list"),
        "left": ("剩余", "left"),
        "object": ("对象哈希", "object"),
        "content": ("内容哈希", "content"),
        "digest": ("文件哈希", "file"),
        "reason": ("说明", "reason"),
        "until": ("至", "until"),
        "answer_by": ("补件截止", "answer by"),
        "class": ("类别", "class"),
        "objects": ("对象数", "objects"),
        "pdf": ("PDF 哈希", "PDF"),
        "events": ("事件数", "events"),
    }
)
_HIDDEN: Final = frozenset({RUN, "page", "part", "provisional", "compared", "liveness", "json"})
_HASH_DIGITS: Final = 12


class TimelineStep(NamedTuple):
    """One event.

    Attributes:
        words: In Chinese and English.
        details: Name and value, each in Chinese and English.
        run: Address of the run at the orchestrator; empty where none is known.
    """

    event: AuditEvent
    words: tuple[str, str]
    details: tuple[tuple[str, str, str, str], ...]
    run: str


class ApplicationTimeline(NamedTuple):
    """One round.

    Attributes:
        case: None for events that belong to no round that is known.
        machine_took: From taking in to the machine's decision.
        all_took: From taking in to the outcome in force.
        engines: Which engines worked on it.
        policies: Which policy versions were asked.
        runs: Each run of the orchestrator and its address.
    """

    case: ApplicationRound | None
    steps: tuple[TimelineStep, ...]
    machine_took: dt.timedelta | None
    all_took: dt.timedelta | None
    engines: tuple[str, ...]
    policies: tuple[str, ...]
    runs: tuple[tuple[str, str], ...]


def timeline(
    repositories: Repositories, rounds: Sequence[ApplicationRound], events: Sequence[AuditEvent]
) -> tuple[ApplicationTimeline, ...]:
    """Every round with its events, the first one first; then events of no round."""
    known = {case.round_id for case in rounds}
    journeys = [
        _journey(repositories, case, [e for e in events if e.round_id == case.round_id])
        for case in rounds
    ]
    others = [event for event in events if event.round_id not in known]
    return (*journeys, *([_journey(repositories, None, others)] if others else []))


def _journey(
    repositories: Repositories, case: ApplicationRound | None, events: Sequence[AuditEvent]
) -> ApplicationTimeline:
    decided = next((e for e in events if e.tag is EventTag.APPLICATION_DECIDED), None)
    runs = dict.fromkeys(str(e.details[RUN]) for e in events if RUN in e.details)
    return ApplicationTimeline(
        case=case,
        steps=tuple(_step(repositories, event) for event in events),
        machine_took=decided.recorded_at - case.received_at if case and decided else None,
        all_took=case.decided_at - case.received_at if case and case.decided_at else None,
        engines=tuple(dict.fromkeys(_engines(events))),
        policies=tuple(dict.fromkeys(_told(events, "policy"))),
        runs=tuple((run, run_link(repositories.settings, run)) for run in runs),
    )


def _engines(events: Sequence[AuditEvent]) -> Iterator[str]:
    for event in events:
        parts = [event.details.get(name) for name in ("engine", "thresholds")]
        if parts[0]:
            yield " ".join(str(part) for part in parts if part)


def _told(events: Sequence[AuditEvent], name: str) -> Iterator[str]:
    yield from (str(event.details[name]) for event in events if event.details.get(name))


def _step(repositories: Repositories, event: AuditEvent) -> TimelineStep:
    run = event.details.get(RUN)
    return TimelineStep(
        event=event,
        words=event_words(event.tag),
        details=tuple(
            (*_DETAIL_WORDS.get(name, (name, name)), *_value(name, value))
            for name, value in event.details.items()
            if name not in _HIDDEN and value not in ("", [], 0.0)
        ),
        run=run_link(repositories.settings, run if isinstance(run, str) else None),
    )


def _value(name: str, value: Detail) -> tuple[str, str]:
    if name == "kind" and value in set(DocumentKind):
        return DocumentKind(str(value)).zh, str(value).replace("_", " ")
    text = _text(name, value)
    return WORDS.get(text, text), text


def _text(name: str, value: Detail) -> str:
    if name == "answers" and isinstance(value, list):
        unpassed = [answer for answer in value if not answer.endswith("=passed")]
        return f"{len(value)} · {' '.join(unpassed)}" if unpassed else f"{len(value)} ✓"
    if isinstance(value, list):
        return " ".join(value)
    text = str(value)
    long = len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)
    return f"{text[:_HASH_DIGITS]}…" if long else text
