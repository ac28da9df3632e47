"""Whether some lines of text are one whole paper, by the labels that its kind cannot do without."""

import re
from collections import Counter
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.kinds.classify import classify
from tasks.reading.layout.labels import announced
from tasks.reading.layout.lexicon import LEXICONS

K = DocumentKind
_NUMBER: Final = re.compile(r"\d{17}[\dXx]")


class RequiredLabels(NamedTuple):
    """What makes some text a whole paper of its kind.

    Attributes:
        one_of: At least one of these labels,
        others: and so many of those.
        least: See `others`.
        beside_another: Labels that do instead of `one_of` beside a paper of another kind.
    """

    one_of: frozenset[str]
    others: frozenset[str]
    least: int
    beside_another: frozenset[str] = frozenset()


NEEDS: Final = MappingProxyType(
    {
        K.ID_CARD_PORTRAIT: RequiredLabels(
            frozenset({"id_number"}), frozenset({"name", "address", "birth_date", "sex"}), 2
        ),
        K.ID_CARD_EMBLEM: RequiredLabels(
            frozenset({"issuing_authority", "term"}),
            frozenset({"issuing_authority", "term", "title"}),
            2,
        ),
        K.HUKOU_COVER: RequiredLabels(
            frozenset({"household_type", "householder_name"}),
            frozenset({"household_number", "address", "clerk", "issue_date", "title"}),
            1,
            frozenset({"seal_province", "seal_station", "household_number"}),
        ),
        K.HUKOU_MEMBER: RequiredLabels(
            frozenset({"name", "relation_to_householder"}),
            frozenset(
                {
                    "former_name",
                    "birth_place",
                    "native_place",
                    "other_address",
                    "id_number",
                    "schooling",
                    "employer",
                    "moved_to_city",
                    "moved_here",
                    "clerk",
                }
            ),
            4,
        ),
        K.BIRTH_CERTIFICATE: RequiredLabels(
            frozenset({"newborn_name"}), frozenset({"mother_name", "father_name", "gestation"}), 1
        ),
    }
)
_NEVER_TWICE: Final = frozenset({K.BIRTH_CERTIFICATE})
"""Kinds whose one paper repeats its labels: a certificate with its counterfoil."""
_SURE: Final = 0.6  # from which a kind is believed here
_SHARED: Final = 3  # labels that two papers of one kind have in common, and the halves of one not


class WholePaper(NamedTuple):
    """What the words of some lines say.

    Attributes:
        kind: What paper it is.
        sure: 0 to 1.
        labels: Those of its kind's own labels that stand there.
        twice: How many of them stand there once too often.
    """

    kind: DocumentKind
    sure: float
    labels: frozenset[str]
    twice: int


def are_two(first: WholePaper, second: WholePaper) -> bool:
    """Whether these are two papers and not two halves of one."""
    if first.kind is not second.kind:
        return True
    shared = first.labels & second.labels
    once = bool(shared & NEEDS[first.kind].one_of) and first.kind not in _NEVER_TWICE
    return once and len(shared) >= _SHARED


class LabelWords:
    """The lines read so far, each looked through for the labels of every kind once."""

    def __init__(self, sheet: PageLines) -> None:
        """Take what the sheet knows now."""
        self._texts = {index: line.text for index, line in sheet.known().items()}
        self._keys = {
            kind: {index: _keys(text, kind) for index, text in self._texts.items()}
            for kind in NEEDS
        }

    def paper(self, lines: tuple[int, ...]) -> WholePaper | None:
        """The paper that these lines are; None for what is no whole one."""
        if not any(self._complete(kind, lines) for kind in NEEDS):
            return None  # spares telling the kind, which costs more
        guess = classify(tuple(self._texts[i] for i in lines if i in self._texts))
        known = guess.kind in NEEDS and guess.confidence >= _SURE
        if not known or not self._complete(guess.kind, lines):
            return None
        needs, found = NEEDS[guess.kind], self._found(guess.kind, lines)
        labels = (needs.one_of | needs.others | needs.beside_another) & found.keys()
        twice = sum(found[key] - 1 for key in labels)
        return WholePaper(guess.kind, guess.confidence, labels, twice)

    def _complete(self, kind: DocumentKind, lines: tuple[int, ...]) -> bool:
        needs, found = NEEDS[kind], self._found(kind, lines)
        marked = (needs.one_of | needs.beside_another) & found.keys()
        return bool(marked) and len(needs.others & found.keys()) >= needs.least

    def _found(self, kind: DocumentKind, lines: tuple[int, ...]) -> Counter[str]:
        keys = self._keys[kind]
        return Counter(key for index in lines for key in keys.get(index, ()))


@lru_cache(maxsize=1024)
def _keys(text: str, kind: DocumentKind) -> tuple[str, ...]:
    keys = announced(text, LEXICONS[kind]).keys
    if kind is K.ID_CARD_PORTRAIT and "id_number" not in keys and _NUMBER.search(text):
        return (*keys, "id_number")
    return keys
