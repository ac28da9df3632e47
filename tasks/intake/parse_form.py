"""Understand an application.json, whatever is wrong with it."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from models.checks.finding import CheckVerdict, Evidence, Finding, Subject, finding
from models.checks.reason import Reason
from models.intake.application import Application
from models.plain_text import is_plain_text

FORM_FILE: Final = "application.json"
MAX_FORM_BYTES: Final = 1_000_000
"""A form of eight papers has 2 kB: more than this is no form, and costs no memory."""

_BLANKED: Final = {
    "product": Reason.PRODUCT_UNCLEAR,
    "binding_method": Reason.BINDING_METHOD_UNSUPPORTED,
    "channel": Reason.CHANNEL_NOT_OFFERED,
    "relationship": Reason.RELATIONSHIP_NOT_STATED,
    "identity_route": Reason.DOCUMENT_UNUSABLE,
    "applicant": Reason.NAME_MALFORMED,
    "member": Reason.NAME_MALFORMED,
    "round": Reason.DOCUMENT_UNUSABLE,
}
"""Answers outside the closed lists: treated as not given; the code says what to mend."""

_BLOCKS: Final = frozenset({"identity_document", "remote_authorization", "objection", "filing_id"})
"""Optional parts that are set aside whole: what was meant by a broken one, a person finds out."""

_MAX_REPAIRS: Final = 50


class ParsedForm(NamedTuple):
    """What could be understood.

    Attributes:
        application: None where too little is left to judge the application.
        findings: Everything that was wrong, each naming the key and never its value.
    """

    application: Application | None
    findings: tuple[Finding, ...]


def parse_form(content: bytes) -> ParsedForm:
    """Read a form; wrong keys and answers become findings, and the rest is kept.

    A key that we do not know may carry a meaning that we would miss, so it goes to a person; an
    answer outside its list counts as not given; a form without its frame (id, region, time) is
    returned as a whole.
    """
    try:
        form = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return ParsedForm(None, (_broken("不是有效的 JSON 文件", "not valid JSON"),))
    if not isinstance(form, dict):
        return ParsedForm(None, (_broken("不是 JSON 对象", "not a JSON object"),))
    if not all(map(is_plain_text, _texts(form))):
        return ParsedForm(None, (_broken("含有无效字符", "holds characters that are none"),))
    findings: list[Finding] = []
    for _ in range(_MAX_REPAIRS):
        try:
            return ParsedForm(Application.model_validate(form), tuple(findings))
        except ValidationError as error:
            repaired = _repair(form, error, findings)
        if not repaired:
            return ParsedForm(None, tuple(findings))
    findings.append(_broken("错误过多", "too many faults"))
    return ParsedForm(None, tuple(findings))


def _texts(form: dict[str, Any]) -> Iterator[str]:
    """Every key and every text of a form, however deep."""
    waiting: list[Any] = [form]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += (*value.keys(), *value.values())
        elif isinstance(value, list):
            waiting += value


def _repair(form: dict[str, Any], error: ValidationError, findings: list[Finding]) -> bool:
    """Set aside what cannot be understood; False when the frame itself is broken."""
    usable = True
    for fault in reversed(error.errors(include_input=False, include_url=False)):
        path = fault["loc"]
        if fault["type"] == "extra_forbidden":
            findings.append(_unknown_key(path))
            _remove(form, path)
        elif (block := _block_of(path)) is not None:
            findings.append(_unclear_block(block))
            _remove(form, block)
        elif path and path[0] in {"consents", "documents"} and len(path) > 1:
            findings.append(
                _broken_key(path, Reason.DOCUMENT_UNUSABLE, "无法识别", "not understood")
            )
            _remove(form, path[:2])
        elif path and path[0] in {"consents", "documents"}:
            findings.append(
                _broken_key(path, Reason.DOCUMENT_UNUSABLE, "应为列表", "must be a list")
            )
            _remove(form, path)
        elif path and path[0] in _BLANKED and _present(form, path):
            findings.append(
                _broken_key(
                    path, _BLANKED[str(path[0])], "不在允许的取值内", "not an allowed value"
                )
            )
            _remove(form, path)
        else:
            findings.append(
                _broken_key(path, Reason.DOCUMENT_UNUSABLE, "缺失或无效", "missing or invalid")
            )
            usable = False
    return usable


def _block_of(path: tuple[int | str, ...]) -> tuple[int | str, ...] | None:
    """The optional part of the form in which a fault lies; None outside of them."""
    return next((path[: i + 1] for i, step in enumerate(path) if step in _BLOCKS), None)


def _present(form: Any, path: tuple[int | str, ...]) -> bool:  # noqa: ANN401  (untyped JSON)
    for step in path:
        if not (isinstance(form, dict) and step in form):
            return False
        form = form[step]
    # Removing a whole person would leave nothing to judge; only answers inside are set aside.
    return len(path) > 1 or path[0] not in {"applicant", "member"}


def _remove(form: Any, path: tuple[int | str, ...]) -> None:  # noqa: ANN401  (untyped JSON)
    *parents, last = path
    for step in parents:
        form = form[step]
    if (isinstance(form, list) and isinstance(last, int) and last < len(form)) or (
        isinstance(form, dict) and last in form
    ):
        del form[last]  # type: ignore[arg-type]


def _key(path: tuple[int | str, ...]) -> str:
    # A key of the applicant's own making could carry personal text: shorten it.
    return ".".join(str(step)[:32] for step in path) or "application"


def _unknown_key(path: tuple[int | str, ...]) -> Finding:
    key = _key(path)
    return finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=FORM_FILE, field=key),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh=f"{FORM_FILE} 中有未知项 {key}",
        en=f"{FORM_FILE} has an unknown key {key}",
    )


def _unclear_block(path: tuple[int | str, ...]) -> Finding:
    key = _key(path)
    return finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=FORM_FILE, field=key),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh=f"{FORM_FILE} 的 {key} 无法识别",
        en=f"{key} in {FORM_FILE} is not understood",
    )


def _broken_key(path: tuple[int | str, ...], code: Reason, zh: str, en: str) -> Finding:
    key = _key(path)
    return finding(
        code,
        Evidence(document=FORM_FILE, field=key),
        subject=Subject.APPLICATION,
        zh=f"{FORM_FILE} 的 {key} {zh}",
        en=f"{key} in {FORM_FILE} is {en}"
        if code is not Reason.DOCUMENT_UNUSABLE
        else f"{key}: {en}",
    )


def _broken(zh: str, en: str) -> Finding:
    return finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=FORM_FILE),
        subject=Subject.APPLICATION,
        zh=f"{FORM_FILE} {zh}",
        en=f"{FORM_FILE}: {en}",
    )
