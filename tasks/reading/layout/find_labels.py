"""Find the labels of a kind of document in a text, exactly or with a misread character."""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

Lexicon = MappingProxyType[str, tuple[str, ...]]
"""From a label's key to the wordings under which papers print it."""
EXACT_ONLY: Final = frozenset({"title", "seal"})
"""Keys whose wordings resemble values (居民户口簿 and 居民户口家庭户): no misreading is granted."""
_GRADE: Final = re.compile("[0-9A-Za-z|Ⅰ-Ⅻ\u0399一二三四五六]级")
"""A grade with its number is a value (失能Ⅰ级), however near it is to its label (失能等级); a Greek
iota is what a reader takes the numeral for."""
_BRACKETS: Final = str.maketrans(
    "（）【】別齡號關係證國產醫學機構發戶記處職業長體時間親",
    "()()别龄号关系证国产医学机构发户记处职业长体时间亲",
)
"""Brackets, and the traditional forms that a reader takes small simplified characters for."""


def label_words(**labels: str) -> Lexicon:
    """A lexicon out of each label's wordings, written with blanks between them."""
    return MappingProxyType({key: tuple(words.split()) for key, words in labels.items()})


class LabelHit(NamedTuple):
    """A wording in a squeezed text.

    Attributes:
        start: Its first character.
        stop: Where it ends, exclusive.
        key: Its label's.
        open_end: Whether its last character was read as another one, or left out: what was taken
            for it may be the first character of the value.
    """

    start: int
    stop: int
    key: str
    open_end: bool = False


class AnnouncedLabel(NamedTuple):
    """The labels of one line of text.

    Attributes:
        keys: In their order.
        open_end: Whether the line ends with a label, so that its value is another line.
    """

    keys: tuple[str, ...]
    open_end: bool


def find_labels(text: str, lexicon: Lexicon) -> AnnouncedLabel:
    """The labels that a line of text carries."""
    squeezed, _ = squeezed_label(text)
    hits = label_hits(squeezed, lexicon)
    return AnnouncedLabel(tuple(h.key for h in hits), bool(hits) and hits[-1].stop == len(squeezed))


def squeezed_label(text: str) -> tuple[str, list[int]]:
    """The text without blanks, colons and specks, and where each remaining character came from."""
    places = [i for i, c in enumerate(text) if c.isalnum() or c in "()（）"]
    return "".join(text[i] for i in places).translate(_BRACKETS), places


def label_hits(squeezed: str, lexicon: Lexicon) -> list[LabelHit]:
    """All labels, longest first, none overlapping, in the order of the text."""
    taken = [False] * len(squeezed)
    hits: list[LabelHit] = []
    for word, key in wordings_by_length(tuple(lexicon.items())):
        start = squeezed.find(word)
        while start >= 0:
            stop = start + len(word)
            if not any(taken[start:stop]):
                taken[start:stop] = [True] * len(word)
                hits.append(LabelHit(start, stop, key))
            start = squeezed.find(word, stop)
    hits += _near_hits(squeezed, lexicon, taken)
    return sorted(hits)


def _near_hits(squeezed: str, lexicon: Lexicon, taken: list[bool]) -> list[LabelHit]:
    """Long labels with a misread character: one in four to six, two from seven on."""
    hits: list[LabelHit] = []
    printed = frozenset(squeezed)
    for word, key in wordings_by_length(tuple(lexicon.items())):
        size = len(word)
        if size < 4 or size > len(squeezed) + 1 or key in EXACT_ONLY:
            continue
        allowed = 1 if size < 7 else 2
        # Every character that stands nowhere costs an exchange at least: most words end here.
        if len(_characters(word) - printed) > allowed:
            continue
        hit = _nearest(squeezed, word, key, allowed, taken)
        while hit is not None:
            taken[hit.start : hit.stop] = [True] * (hit.stop - hit.start)
            hits.append(hit)
            hit = _nearest(squeezed, word, key, allowed, taken)
    return hits


def _nearest(
    squeezed: str, word: str, key: str, allowed: int, taken: list[bool]
) -> LabelHit | None:
    """The stretch of a text that is most like a wording; of equals one of the wording's length.

    The first that is near enough would do for telling that the label is there, but not where it
    ends: 户主或与户主系丈 is near to 户主或与户主关系 and holds the beginning of 丈夫.
    """
    size, best, nearest = len(word), allowed + 1, None
    for length in (size, size - 1, size + 1):
        for start in range(len(squeezed) - length + 1):
            stop = start + length
            if any(taken[start:stop]):
                continue
            window = squeezed[start:stop]
            distance = Levenshtein.distance(window, word, score_cutoff=best - 1)
            if distance < best and not _GRADE.search(window):
                best = distance
                nearest = LabelHit(start, stop, key, open_end=window[-1] != word[-1])
    return nearest


@lru_cache(maxsize=4096)
def _characters(word: str) -> frozenset[str]:
    return frozenset(word)


@lru_cache(maxsize=32)
def wordings_by_length(
    items: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[str, str], ...]:
    """The wordings of a lexicon, given by its items, longest first, each with its key."""
    pairs = [(word.translate(_BRACKETS), key) for key, words in items for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
