"""What people read, put beside what the machine read, for the checks."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from models.identity.person_name import normalise_name
from models.reading.document import DocumentReading, FieldReading
from models.reading.typed_date import typed_day, typed_moment
from models.reviews.review_work import Correction

MAX_LENGTH: Final = 120
_ID_NUMBER: Final = re.compile(r"\d{17}[\dX]|\d{15}")
_SEXES: Final = ("男", "女")

Corrections = Mapping[tuple[int, str], Correction]
"""The correction in force of each field, by the paper's place (from 0) and the field's name."""


def normalise_correction(field: str, text: str) -> str | None:
    """A typed value in the form that readings have; None for an empty one.

    Dates are taken as people write them (2014年1月3日, 2014.1.3, 20140103). A wrong check digit is
    let through: the paper may really show it.

    Raises:
        ValueError: It cannot be a value of this field.
    """
    value = "".join(text.split())
    if not value:
        return None
    if len(value) > MAX_LENGTH:
        raise ValueError("too long")
    if field.endswith("id_number"):
        return _fitting(_ID_NUMBER, _half_width(value).upper())
    if field.endswith("sex"):
        return _one_of(_SEXES, value)
    if field == "birth_time":
        return f"{typed_moment(value):%Y-%m-%dT%H:%M}"
    if _is_day(field):
        return typed_day(value).isoformat()
    if field.endswith("name"):
        return normalise_name(value)
    return value.upper() if field.endswith("number") else value


def correction_fault(field: str, text: str) -> tuple[str, str]:
    """What is wrong with a refused correction, in Chinese and English, and how it is written."""
    value = "".join(text.split())
    if len(value) > MAX_LENGTH:
        return f"最多 {MAX_LENGTH} 个字。", f"At most {MAX_LENGTH} characters."
    if field.endswith("id_number"):
        if not re.fullmatch(r"[0-9Xx]*", _half_width(value)):
            return "号码只能含数字，末位可为 X，请核对。", "Digits only, at the end perhaps X."
        return (
            f"号码应为 18 位（旧证 15 位），现有 {len(value)} 位，请补全或删去多余的数字。",
            f"A number has 18 digits (an old one 15); these are {len(value)}.",
        )
    if field.endswith("sex"):
        return "性别请填“男”或“女”。", "男 or 女."
    if field == "birth_time":
        return (
            "时间有误，请写成 2020年5月21日9时30分 或 2020-05-21 09:30。",
            "No such time. Write 2020-05-21 09:30.",
        )
    return (
        "日期有误，请写成 2014年1月3日、2014.1.3 或 20140103。",
        "No such day. Write 2014-01-03, 2014.1.3 or 20140103.",
    )


def with_corrections(
    readings: tuple[DocumentReading, ...], corrections: Corrections
) -> tuple[DocumentReading, ...]:
    """The readings as the checks see them; those that are kept stay as they are."""
    return tuple(
        _corrected(paper, {f: c for (at, f), c in corrections.items() if at == place})
        for place, paper in enumerate(readings)
    )


def _corrected(paper: DocumentReading, corrections: Mapping[str, Correction]) -> DocumentReading:
    if not corrections:
        return paper
    fields = dict(paper.fields)
    for name, made in corrections.items():
        before = fields.get(name, FieldReading(value=None, confidence=0))
        fields[name] = before.model_copy(
            update={"value": made.value, "confidence": 1.0, "second": made.value}
        )
    return paper.model_copy(update={"fields": fields})


def _is_day(field: str) -> bool:
    return field.endswith("_date") or field.startswith("valid_")


def _half_width(text: str) -> str:
    """Full-width digits and letters, as Chinese input methods type them, as plain ones."""
    return unicodedata.normalize("NFKC", text)


def _fitting(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError("not of this form")
    return value


def _one_of(values: tuple[str, ...], value: str) -> str:
    if value not in values:
        raise ValueError("not one of these")
    return value
