"""Find labels in pieces of text, exactly or with a misread character, and cut the values off."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from tasks.reading.image.rectify import Box
from tasks.reading.layout.lexicon import Lexicon
from tasks.reading.layout.stacked_labels import PlacedLabel, label_rows, stack
from tasks.reading.layout.text_spans import TextSpan, gap_before, part

WIDE_GAP: Final = 1.6  # distances between characters from which a new column may begin
EXACT_ONLY: Final = frozenset({"title", "seal"})
"""Keys whose wordings resemble values (居民户口簿 and 居民户口家庭户): no misreading is granted."""
FREE_TEXT: Final = frozenset(
    {"address", "other_address", "birth_place", "native_place", "employer", "institution"}
)
"""Keys whose values may begin with the word of another label."""
_SHORT_VALUES: Final = frozenset({"男", "女"})
"""Values after which a label may follow at once, where their own label stands apart."""
_BRACKETS: Final = str.maketrans(
    "（）【】別齡號關係證國產醫學機構發戶記處職業長體時間親",
    "()()别龄号关系证国产医学机构发户记处职业长体时间亲",
)
"""Brackets, and the traditional forms that a reader takes small simplified characters for."""
_LEADING: Final = frozenset(" \u3000:：|丨,，.。;；_")


class SplitText(NamedTuple):
    """Pieces told apart."""

    labels: tuple[PlacedLabel, ...]
    values: tuple[TextSpan, ...]


class _Hit(NamedTuple):
    start: int
    stop: int
    key: str


def split_labels(strips: Iterable[TextSpan], lexicon: Lexicon) -> SplitText:
    """Tell labels from values, where both stand on one line too."""
    pieces = _joined(list(strips), lexicon)
    rows = label_rows([(piece.box, _squeeze(piece.text)[0]) for piece in pieces], lexicon)
    labels: list[PlacedLabel] = []
    values: list[TextSpan] = []
    for i, strip in enumerate(pieces):
        if i in rows:
            labels.append(PlacedLabel(rows[i], strip.box, strip.text))
            continue
        found, rest = _split(strip, lexicon)
        labels += found
        values += rest
    return SplitText(tuple(stack(labels)), tuple(values))


class AnnouncedLabel(NamedTuple):
    """The labels of one line of text.

    Attributes:
        keys: In their order.
        open_end: Whether the line ends with a label, so that its value is another line.
    """

    keys: tuple[str, ...]
    open_end: bool


def announced(text: str, lexicon: Lexicon) -> AnnouncedLabel:
    """The labels that a line of text carries."""
    squeezed, _ = _squeeze(text)
    hits = _hits(squeezed, lexicon)
    return AnnouncedLabel(tuple(h.key for h in hits), bool(hits) and hits[-1].stop == len(squeezed))


def _split(strip: TextSpan, lexicon: Lexicon) -> tuple[list[PlacedLabel], list[TextSpan]]:
    squeezed, places = _squeeze(strip.text)
    hits = _believable(strip, _hits(squeezed, lexicon), places)
    labels: list[PlacedLabel] = []
    spans: list[tuple[int, int]] = []
    cursor = 0
    for hit in hits:
        start, stop = places[hit.start], places[hit.stop - 1] + 1
        spans.append((cursor, start))
        piece = part(strip, start, stop)
        labels.append(PlacedLabel(hit.key, piece.box, piece.text))
        cursor = stop
    spans.append((cursor, len(strip.glyphs)))
    return labels, [part(strip, *span) for span in _trimmed(strip, spans)]


def _trimmed(strip: TextSpan, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without the colon after a label and without blanks, empty ones left out."""
    text = strip.text
    kept = []
    for start, stop in spans:
        first, last = start, stop
        while first < last and text[first] in _LEADING:
            first += 1
        while last > first and text[last - 1] in " \u3000|丨":
            last -= 1
        if last > first:
            kept.append((first, last))
    return kept


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without blanks, colons and specks, and where each remaining character came from."""
    places = [i for i, c in enumerate(text) if c.isalnum() or c in "()（）"]
    return "".join(text[i] for i in places).translate(_BRACKETS), places


def _hits(squeezed: str, lexicon: Lexicon) -> list[_Hit]:
    """All labels, longest first, none overlapping, in the order of the text."""
    taken = [False] * len(squeezed)
    hits: list[_Hit] = []
    for word, key in _by_length(tuple(lexicon.items())):
        start = squeezed.find(word)
        while start >= 0:
            stop = start + len(word)
            if not any(taken[start:stop]):
                taken[start:stop] = [True] * len(word)
                hits.append(_Hit(start, stop, key))
            start = squeezed.find(word, stop)
    hits += _near_hits(squeezed, lexicon, taken)
    return sorted(hits)


def _near_hits(squeezed: str, lexicon: Lexicon, taken: list[bool]) -> list[_Hit]:
    """Long labels with a misread character: one in four to six, two from seven on."""
    hits: list[_Hit] = []
    for word, key in _by_length(tuple(lexicon.items())):
        size = len(word)
        if size < 4 or size > len(squeezed) + 1 or key in EXACT_ONLY:
            continue
        allowed = 1 if size < 7 else 2
        for length in (size, size - 1, size + 1):
            for start in range(len(squeezed) - length + 1):
                stop = start + length
                if any(taken[start:stop]):
                    continue
                window = squeezed[start:stop]
                if Levenshtein.distance(window, word, score_cutoff=allowed) <= allowed:
                    taken[start:stop] = [True] * length
                    hits.append(_Hit(start, stop, key))
    return hits


@lru_cache(maxsize=32)
def _by_length(items: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, str], ...]:
    pairs = [(word.translate(_BRACKETS), key) for key, words in items for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _believable(strip: TextSpan, hits: list[_Hit], places: list[int]) -> list[_Hit]:
    """Leave out short labels in the middle of a value: 民族 in 民族路12号 is none.

    A label of two characters counts at the start of a line, after a gap or a blank, or after
    the short value of another label (性别男民族汉).
    """
    kept: list[_Hit] = []
    for hit in hits:
        if (
            hit.stop - hit.start > 2
            or hit.start == 0
            or (kept and _follows(kept[-1], hit))
            or strip.text[: places[hit.start]].strip() in _SHORT_VALUES
            or places[hit.start] - places[hit.start - 1] > 1
            or gap_before(strip, places[hit.start]) >= WIDE_GAP
        ):
            kept.append(hit)
    return kept


def _follows(previous: _Hit, hit: _Hit) -> bool:
    """Whether a label may stand right behind another one's short or blank value."""
    between = hit.start - previous.stop
    return 1 <= between <= 4 or (between == 0 and previous.key not in FREE_TEXT)


def _joined(strips: list[TextSpan], lexicon: Lexicon) -> list[TextSpan]:
    """Labels printed wide apart (姓    名) come as two pieces; make them one again."""
    words = {word for word, _ in _by_length(tuple(lexicon.items()))}
    heads = [s for s in strips if len(_squeeze(s.text)[0]) <= 2]
    used: set[int] = set()
    joined: list[TextSpan] = []
    for head in sorted(heads, key=lambda s: s.box.left):
        if id(head) in used:
            continue
        tail = _tail(head, strips, words, used)
        if tail is not None:
            used |= {id(head), id(tail)}
            joined.append(_join(head, tail))
    return [s for s in strips if id(s) not in used] + joined


def _tail(
    head: TextSpan, strips: list[TextSpan], words: set[str], used: set[int]
) -> TextSpan | None:
    start = _squeeze(head.text)[0]
    if not start or start in words:
        return None
    suffixes = tuple(word[len(start) :] for word in words if word.startswith(start))
    if not suffixes:
        return None
    near = [
        s
        for s in strips
        if s is not head
        and id(s) not in used
        and abs(s.box.middle - head.box.middle) < 0.6 * head.box.height
        and -0.7 * head.box.height <= s.box.left - head.box.right < 6 * head.box.height
        and _squeeze(s.text)[0].startswith(suffixes)
    ]
    return min(near, key=lambda s: s.box.left, default=None)


def _join(head: TextSpan, tail: TextSpan) -> TextSpan:
    """Two pieces of one row as one; places count along both."""
    left, right = head.box, tail.box
    whole = max(right.right - left.left, 1e-6)
    a, b = left.width / whole, (right.left - left.left) / whole
    glyphs = tuple(g._replace(place=g.place * a) for g in head.glyphs) + tuple(
        g._replace(place=b + g.place * (1 - b)) for g in tail.glyphs
    )
    quad = (head.quad[0], tail.quad[1], tail.quad[2], head.quad[3])
    box = Box(left.left, right.right, right.middle, max(left.height, right.height))
    return TextSpan(glyphs, quad, box, head.line)
