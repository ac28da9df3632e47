"""Whether some lines of text are one whole paper, by the labels that its kind cannot do without."""

import re
from collections import Counter
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.kinds.read_text import classify
from tasks.reading.kinds.registry import READ_KINDS, SPECS
from tasks.reading.layout.find_labels import find_labels

_NUMBER: Final = re.compile(r"\d{17}[\dXx]")
WHOLE: Final = MappingProxyType(
    {spec.kind: spec.whole_paper for spec in READ_KINDS if spec.whole_paper is not None}
)
"""The kinds that are told apart in one picture, each with the labels of a whole one."""
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
    required = WHOLE[first.kind]
    once = bool(shared & required.one_of) and not required.repeats_itself
    return once and len(shared) >= _SHARED


class LabelWords:
    """The lines read so far, each looked through for the labels of every kind once."""

    def __init__(self, page_lines: PageLines) -> None:
        """Take what has been read of a page so far."""
        self._texts = {index: line.text for index, line in page_lines.known().items()}
        self._keys = {
            kind: {index: _keys(text, kind) for index, text in self._texts.items()}
            for kind in WHOLE
        }

    def paper(self, lines: tuple[int, ...]) -> WholePaper | None:
        """The paper that these lines are; None for what is no whole one."""
        if not any(self._complete(kind, lines) for kind in WHOLE):
            return None  # spares telling the kind, which costs more
        guess = classify(tuple(self._texts[i] for i in lines if i in self._texts))
        known = guess.kind in WHOLE and guess.confidence >= _SURE
        if not known or not self._complete(guess.kind, lines):
            return None
        required, counted = WHOLE[guess.kind], self._labels_in(guess.kind, lines)
        labels = (required.one_of | required.others | required.beside_another) & counted.keys()
        twice = sum(counted[key] - 1 for key in labels)
        return WholePaper(guess.kind, guess.confidence, labels, twice)

    def _complete(self, kind: DocumentKind, lines: tuple[int, ...]) -> bool:
        required, counted = WHOLE[kind], self._labels_in(kind, lines)
        marked = (required.one_of | required.beside_another) & counted.keys()
        return bool(marked) and len(required.others & counted.keys()) >= required.least

    def _labels_in(self, kind: DocumentKind, lines: tuple[int, ...]) -> Counter[str]:
        keys = self._keys[kind]
        return Counter(key for index in lines for key in keys.get(index, ()))


@lru_cache(maxsize=1024)
def _keys(text: str, kind: DocumentKind) -> tuple[str, ...]:
    keys = find_labels(text, SPECS[kind].labels).keys
    if SPECS[kind].number_shows_label and "id_number" not in keys and _NUMBER.search(text):
        return (*keys, "id_number")
    return keys
