"""Whether some lines of text are one whole paper, by the labels that its kind cannot do without."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.kinds.registry import READ_KINDS, SPECS
from tasks.reading.layout.find_labels import EXACT_ONLY, label_hits, squeezed_label

_NUMBER: Final = re.compile(r"\d{17}[\dXx]")
WHOLE: Final = MappingProxyType(
    {spec.kind: spec.whole_paper for spec in READ_KINDS if spec.whole_paper is not None}
)
"""The kinds that are told apart in one picture, each with the labels of a whole one."""
_LEXICONS: Final = MappingProxyType(
    {
        kind: MappingProxyType({**SPECS[kind].labels, **required.words})
        for kind, required in WHOLE.items()
    }
)
"""What is looked for in a line of each of them."""
_SHARED: Final = 3  # labels that two papers of one kind have in common, and the halves of one not


class WholePaper(NamedTuple):
    """What the words of some lines say.

    Attributes:
        kind: What paper they are, or are nearest to.
        labels: Those of its kind's required labels that stand there.
        twice: How many labels of its kind stand there once too often.
        complete: All that its kind cannot do without is there.
    """

    kind: DocumentKind
    labels: frozenset[str]
    twice: int
    complete: bool


def are_two(first: WholePaper, second: WholePaper) -> bool:
    """Whether these are two papers and not two halves of one."""
    if first.kind is not second.kind:
        return True
    shared = first.labels & second.labels
    required = WHOLE[first.kind]
    once = bool(shared & required.one_of) and not required.repeats_itself
    return once and len(shared) >= min(_SHARED, -(-len(required_labels(first.kind)) // 2))


class PrintedLabel(NamedTuple):
    """A label in a line of text.

    Attributes:
        key: Which.
        length: How many of its characters bear it out.
        by_value: Only its value stands there, which shows it; the label may stand beside.
    """

    key: str
    length: int
    by_value: bool = False


class LabelWords:
    """Some lines, each looked through for the labels of every kind once."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        """Take what lines say, by their index."""
        self._labels = {
            kind: {index: found for index, text in texts.items() if (found := _labels(text, kind))}
            for kind in WHOLE
        }

    def paper(self, lines: Sequence[int]) -> WholePaper | None:
        """The kind whose labels make up most of these lines; None where there are none."""
        best: tuple[int, DocumentKind, list[PrintedLabel]] | None = None
        for kind, labels in self._labels.items():
            printed = [label for index in lines for label in labels.get(index, ())]
            weight = sum(_longest(printed).values())
            if weight and (best is None or weight > best[0]):
                best = weight, kind, printed
        return _as_paper(best[1], _counted(best[2])) if best else None

    def bearing(self, kind: DocumentKind, keys: frozenset[str], lines: Sequence[int]) -> list[int]:
        """Those of some lines that bear one of these labels of a kind."""
        labels = self._labels[kind]
        return [i for i in lines if any(label.key in keys for label in labels.get(i, ()))]


def _longest(printed: Sequence[PrintedLabel]) -> dict[str, int]:
    """Each label once, as long as it was printed: a card's number bears out its label as well."""
    longest: dict[str, int] = {}
    for label in printed:
        longest[label.key] = max(label.length, longest.get(label.key, 0))
    return longest


def _counted(printed: Sequence[PrintedLabel]) -> Counter[str]:
    """How often each label stands there; one that its value shows is not another one."""
    words = Counter(label.key for label in printed if not label.by_value)
    return words | Counter(label.key for label in printed if label.by_value)


def _as_paper(kind: DocumentKind, counted: Counter[str]) -> WholePaper:
    required, spec = WHOLE[kind], SPECS[kind]
    labels = required_labels(kind) & counted.keys()
    single = counted.keys() - spec.several_lines - spec.repeated_labels - EXACT_ONLY
    twice = 0
    if not required.repeats_itself:
        twice = sum(counted[key] - 1 for key in single)
        twice += sum(max(0, counted[key] - 2) for key in required.of_each_of_two & counted.keys())
    marked = (required.one_of | required.beside_another) & counted.keys()
    # One label is no paper: a member's page prints 户号 alone above its title, as a cover does.
    others = required.others & counted.keys()
    complete = any(len(others - {mark}) >= required.least for mark in marked)
    return WholePaper(kind, labels, twice, complete)


def required_labels(kind: DocumentKind) -> frozenset[str]:
    """All labels that count for a whole paper of a kind."""
    required = WHOLE[kind]
    return required.one_of | required.others | required.beside_another


@lru_cache(maxsize=4096)
def _labels(text: str, kind: DocumentKind) -> tuple[PrintedLabel, ...]:
    squeezed, _ = squeezed_label(text)
    hits = label_hits(squeezed, _LEXICONS[kind])
    found = tuple(PrintedLabel(hit.key, hit.stop - hit.start) for hit in hits)
    unnamed = SPECS[kind].number_shows_label and all(hit.key != "id_number" for hit in hits)
    if unnamed and _NUMBER.search(text):
        return (*found, PrintedLabel("id_number", 1, by_value=True))
    return found
