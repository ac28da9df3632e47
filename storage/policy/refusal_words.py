"""What the check of a policy's values answers, in the words of whoever mends the file."""

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from models.policy.policy import Rules

_PARTED: Final = " / "
"""Between the Chinese and the English of a rule that a model itself states."""
_OWN: Final = "Value error, "


class RefusalWords(NamedTuple):
    """What is wrong with one value, and how to mend it."""

    zh: str
    en: str


_WORDS: Final[Mapping[str, RefusalWords]] = MappingProxyType(
    {
        "missing": RefusalWords("缺少这一项，请补上。", "This key is missing; add it."),
        "enum": RefusalWords("取值只能是 {expected}。", "Must be one of {expected}."),
        "literal_error": RefusalWords("取值只能是 {expected}。", "Must be one of {expected}."),
        "greater_than": RefusalWords("须大于 {gt}。", "Must be greater than {gt}."),
        "greater_than_equal": RefusalWords("不得小于 {ge}。", "Must be {ge} or more."),
        "less_than": RefusalWords("须小于 {lt}。", "Must be less than {lt}."),
        "less_than_equal": RefusalWords("不得大于 {le}。", "Must be {le} or less."),
        "int_parsing": RefusalWords("应为整数。", "Must be a whole number."),
        "int_type": RefusalWords("应为整数。", "Must be a whole number."),
        "float_parsing": RefusalWords("应为数字。", "Must be a number."),
        "float_type": RefusalWords("应为数字。", "Must be a number."),
        "bool_parsing": RefusalWords("应为 true 或 false。", "Must be true or false."),
        "bool_type": RefusalWords("应为 true 或 false。", "Must be true or false."),
        "string_type": RefusalWords("应为文字，可加引号。", "Must be text; quote it."),
        "string_too_short": RefusalWords("文字过短。", "The text is too short."),
        "too_short": RefusalWords("至少要有一项。", "Must hold one entry at least."),
        "string_pattern_mismatch": RefusalWords(
            "格式应为 {pattern}。", "Must be of the form {pattern}."
        ),
        "date_from_datetime_parsing": RefusalWords(
            "应为日期，如 2026-01-31。", "Must be a day like 2026-01-31."
        ),
        "date_parsing": RefusalWords("应为日期，如 2026-01-31。", "Must be a day like 2026-01-31."),
        "date_type": RefusalWords("应为日期，如 2026-01-31。", "Must be a day like 2026-01-31."),
        "frozen_set_type": RefusalWords("应为列表，如 [a, b]。", "Must be a list like [a, b]."),
        "tuple_type": RefusalWords("应为列表，如 [a, b]。", "Must be a list like [a, b]."),
        "dict_type": RefusalWords("应为“键: 值”的形式。", "Must hold keys with values."),
        "model_type": RefusalWords("应为“键: 值”的形式。", "Must hold keys with values."),
    }
)
_UNKNOWN_SORT: Final = RefusalWords("取值无效。", "The value is not allowed.")


def refusal_words(kind: str, key: str, message: str, limits: Mapping[str, Any]) -> RefusalWords:
    """The words for one refused value; they never quote it.

    Args:
        kind: The sort of refusal, as the model names it.
        key: The last part of the dotted key.
        message: The model's own sentence, used where a rule of ours speaks.
        limits: What the value is held to.
    """
    if kind == "extra_forbidden":
        return _unknown_key(key)
    if kind == "value_error":
        zh, parted, en = message.removeprefix(_OWN).partition(_PARTED)
        return RefusalWords(zh, en if parted else zh)
    words = _WORDS.get(kind, _UNKNOWN_SORT)
    return RefusalWords(words.zh.format_map(limits), words.en.format_map(limits))


def _unknown_key(key: str) -> RefusalWords:
    near = near_miss(key, known_keys(Rules))
    hint = RefusalWords(f"；是否应为 {near}？", f"; did you mean {near}?") if near else None
    return RefusalWords(
        f"没有这一项{hint.zh if hint else '，请删去。'}",
        f"no rule has this key{hint.en if hint else '; take it out.'}",
    )


def near_miss(word: str, known: set[str]) -> str | None:
    """The known word that one most likely meant."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1)), None)


def known_keys(model: type[BaseModel]) -> set[str]:
    """Every key that a model and the models in it have."""
    known = set(model.model_fields)
    for info in model.model_fields.values():
        for inner in models_in(info.annotation):
            known |= known_keys(inner)
    return known


def models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any annotation
    """The models that an annotation holds, through unions and containers."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in models_in(part)]
