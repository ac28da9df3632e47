"""Say of one picture whether it will do, before it is handed in; nothing is kept or logged.

What only a person can settle, and whatever might show that a paper was edited or copied, is not
said here: it would tell a forger what was noticed.
"""

import functools
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Message, finding
from models.checks.reason import Reason
from models.intake.application import Relationship
from models.intake.picture_check import (
    FieldCheck,
    PaperCheck,
    PictureCheck,
    PictureMessage,
    PictureQuery,
    QualityCheck,
)
from models.policy.policy import Policy
from models.reading.document import DocumentKind, DocumentReading
from models.reading.field_name import field_zh
from tasks.checks.documents.completeness import missing_by_kind
from tasks.checks.documents.needed_documents import is_read, needed_fields
from tasks.reading.process.contained_reader import ContainedReader
from tasks.reading.process.reading_budget import ReadingBudget
from tasks.wording.word_picture import word_advice

_NAME: Final = "picture"
"""How the file is called while it is read; its own name may tell who somebody is."""
_BUDGET: Final = ReadingBudget(file_seconds=8.0, page_seconds=22.0)
"""Somebody waits: the usual page costs at most 1.2 CPU seconds, the worst that was found 4."""
_SIGNALS: Final = MappingProxyType(
    {
        "sharpness": (Reason.PICTURE_BLURRED, "清晰", "sharp"),
        "light": (Reason.GLARE_OR_DARK, "光线均匀", "evenly lit"),
        "edges": (Reason.CROPPED_OR_COVERED, "拍摄完整", "wholly in the picture"),
        "size": (Reason.RESOLUTION_TOO_LOW, "大小合适", "large enough"),
    }
)
_TOLD: Final = frozenset(
    {reason for reason, _, _ in _SIGNALS.values()}
    | {Reason.FIELD_UNREADABLE, Reason.DOCUMENT_UNUSABLE, Reason.NOT_ONE_FACE}
)
"""What the one with the phone can mend; everything else is not said."""


@functools.cache
def waiting_reader() -> ContainedReader:
    """The process that reads for those who wait; apart from the one that intake and pages use."""
    return ContainedReader(_BUDGET)


def check_picture(content: bytes, question: PictureQuery, policy: Policy) -> PictureCheck:
    """Read a picture in a process of its own and say what to do about it.

    Args:
        content: The bytes as uploaded.
        question: What it is meant for.
        policy: The rules of the place and day.

    Raises:
        ReadingEndedError: The picture ended the process that read it.
        ReadingFailedError: A defect of ours.
        MissingPartError: The machine has no reader.
    """
    papers = waiting_reader().read(_NAME, content, hint=question.kind)
    return judge_picture(tuple(paper.reading for paper in papers), question, policy)


def judge_picture(
    papers: tuple[DocumentReading, ...], question: PictureQuery, policy: Policy
) -> PictureCheck:
    """What to do about the papers of a picture that was read."""
    checked = tuple(_paper(paper, question, policy) for paper in papers)
    shown = [
        paper.kind
        for paper in checked
        if not paper.retake and paper.kind_confidence >= policy.reading.confidence.kind
    ]
    return PictureCheck(papers=checked, missing=_missing(shown, question, policy))


def _missing(
    shown: Iterable[DocumentKind], question: PictureQuery, policy: Policy
) -> tuple[PictureMessage, ...] | None:
    group = question.age_group
    if group is None or question.product is None:
        return None
    wanted = policy.evidence.first_set(
        group,
        question.product,
        question.binding_method,
        question.identity_route,
        question.channel,
    )
    if wanted is None:
        return None
    found = missing_by_kind(wanted, (*question.held, *shown))
    return tuple(_advice(one, question.relationship) for one in found)


def _paper(paper: DocumentReading, question: PictureQuery, policy: Policy) -> PaperCheck:
    rules = policy.reading
    fields = tuple(
        FieldCheck(
            field=name,
            name=Message(zh=field_zh(name), en=name.replace("_", " ")),
            read=paper.kind_confidence >= rules.confidence.kind
            and is_read(rules, paper, name, on=question.on),
        )
        for name in needed_fields(rules, paper.kind, question.binding_method)
    )
    advice = _advices(paper, question.relationship, unread=any(not one.read for one in fields))
    return PaperCheck(
        page=paper.page,
        part=paper.part,
        kind=paper.kind,
        kind_name=Message(zh=paper.kind.zh, en=paper.kind.value.replace("_", " ")),
        kind_confidence=paper.kind_confidence,
        retake=paper.unread or any(one.sure for one in advice),
        fields=fields,
        quality=_quality(paper, advice),
        advice=advice,
    )


def _advices(
    paper: DocumentReading, relationship: Relationship | None, *, unread: bool
) -> tuple[PictureMessage, ...]:
    """What was noticed, once each, what is sure first; a needed field that was not read is."""
    messages: dict[Reason, PictureMessage] = {}
    for found in paper.findings:
        known = messages.get(found.code)
        if found.code in _TOLD and (known is None or not known.sure):
            messages[found.code] = _advice(found, relationship)
    if unread:
        messages[Reason.FIELD_UNREADABLE] = _advice(finding(Reason.FIELD_UNREADABLE), relationship)
    if not messages and paper.kind is DocumentKind.OTHER:
        strange = finding(Reason.DOCUMENT_UNUSABLE, verdict=CheckVerdict.CANNOT_TELL)
        messages[strange.code] = _advice(strange, relationship)
    return tuple(sorted(messages.values(), key=lambda one: not one.sure))


def _advice(found: Finding, relationship: Relationship | None) -> PictureMessage:
    sure = found.verdict is CheckVerdict.FAILED
    message = word_advice(found.code, found.subject, relationship, sure=sure)
    return PictureMessage(code=found.code, sure=sure, message=message)


def _quality(
    paper: DocumentReading, advice: tuple[PictureMessage, ...]
) -> tuple[QualityCheck, ...]:
    """Each signal with what was noticed about it; a picture may lie on any side."""
    if paper.quality is None:
        return ()
    noticed = {one.code: one.message for one in advice}
    signals = [
        QualityCheck(
            signal=signal,
            good=code not in noticed,
            message=noticed.get(code) or Message(zh=f"{zh}。", en=f"{en.capitalize()}."),
        )
        for signal, (code, zh, en) in _SIGNALS.items()
    ]
    turned = Message(zh="方向不影响识别。", en="Any way up is fine.")
    return (*signals, QualityCheck(signal="direction", good=True, message=turned))
