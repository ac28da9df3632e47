"""The reasons as options of a list, made once for each language."""

import functools
from collections.abc import Collection, Iterator
from typing import Final

from markupsafe import Markup

from console.web.choice_words import say
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS

_OPTION: Final = Markup('<option value="{}">{} {}</option>')
_CHOSEN: Final = Markup('<option value="{}" selected>{} {}</option>')


def reason_options(
    language: str, chosen: Collection[str] = (), without: Collection[str] = ()
) -> Markup:
    """The options of a list of reasons.

    Args:
        language: The reader's.
        chosen: Codes that are selected.
        without: Codes that are left out.
    """
    return _list(language, frozenset(chosen), frozenset(without))


@functools.lru_cache(maxsize=256)  # cases of one kind show the same list
def _list(language: str, chosen: frozenset[str], without: frozenset[str]) -> Markup:
    return Markup("").join(_options(language, chosen, without))


def _options(language: str, chosen: Collection[str], without: Collection[str]) -> Iterator[Markup]:
    for code in Reason:
        if code.value not in without:
            yield _option(language, code, code.value in chosen)


@functools.cache
def _option(language: str, code: Reason, chosen: bool) -> Markup:  # noqa: FBT001  (a key)
    words = say(language, REASONS[code].zh, REASONS[code].en)
    return (_CHOSEN if chosen else _OPTION).format(code.value, code.value, words)
