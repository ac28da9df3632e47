"""Tell labels from values in pieces of text, and cut them apart where both stand on one line."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tasks.reading.confidence.witnesses import WITH_REST_OF_LABEL
from tasks.reading.engines.text_lines import TextSpan, gap_before, part
from tasks.reading.image.geometry import Box
from tasks.reading.layout.find_labels import (
    LabelHit,
    Lexicon,
    label_hits,
    squeezed_label,
    wordings_by_length,
)

WIDE_GAP: Final = 1.6  # distances between characters from which a new column may begin
FREE_TEXT: Final = frozenset(
    {"address", "other_address", "birth_place", "native_place", "employer", "institution"}
)
"""Keys whose values may begin with the word of another label."""
_SHORT_VALUES: Final = frozenset({"男", "女"})
"""Values after which a label may follow at once, where their own label stands apart."""
_LEADING: Final = frozenset(" \u3000:：|丨,，.。;；_")
SHORTEST: Final = 4
"""A shorter wording is not broken, and its halves would be found everywhere."""


class PlacedLabel(NamedTuple):
    """A label where it was found; `printed` is its text as read."""

    key: str
    box: Box
    printed: str


class SplitText(NamedTuple):
    """Pieces told apart."""

    labels: tuple[PlacedLabel, ...]
    values: tuple[TextSpan, ...]


def split_labels(spans: Iterable[TextSpan], lexicon: Lexicon) -> SplitText:
    """Tell labels from values, where both stand on one line too."""
    pieces = _joined(list(spans), lexicon)
    rows = label_rows([(piece.box, squeezed_label(piece.text)[0]) for piece in pieces], lexicon)
    labels: list[PlacedLabel] = []
    values: list[TextSpan] = []
    for i, span in enumerate(pieces):
        if i in rows:
            labels.append(PlacedLabel(rows[i], span.box, span.text))
            continue
        found, rest = _split(span, lexicon)
        labels += found
        values += rest
    return SplitText(tuple(stack(labels)), tuple(values))


def _split(span: TextSpan, lexicon: Lexicon) -> tuple[list[PlacedLabel], list[TextSpan]]:
    squeezed, places = squeezed_label(span.text)
    hits = _believable(span, label_hits(squeezed, lexicon), places)
    labels: list[PlacedLabel] = []
    ranges: list[tuple[int, int]] = []
    cursor = 0
    for hit in hits:
        start, stop = places[hit.start], places[hit.stop - 1] + 1
        ranges.append((cursor, start))
        piece = part(span, start, stop)
        labels.append(PlacedLabel(hit.key, piece.box, piece.text))
        cursor = stop
    ranges.append((cursor, len(span.glyphs)))
    ends = (places[hit.stop - 1] + 1 for hit in hits if hit.open_end)
    torn = {end for end in ends if gap_before(span, end) < WIDE_GAP}
    pieces = [(start, part(span, start, stop)) for start, stop in _trimmed(span, ranges)]
    return labels, [_begun_before(p) if start in torn else p for start, p in pieces]


def _begun_before(value: TextSpan) -> TextSpan:
    """A value whose first character may have been taken for the last one of its label."""
    first, *others = value.glyphs
    lower = first._replace(confidence=min(WITH_REST_OF_LABEL, first.confidence))
    return value._replace(glyphs=(lower, *others))


def _trimmed(span: TextSpan, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without the colon after a label and without blanks, empty ones left out."""
    text = span.text
    kept = []
    for start, stop in ranges:
        first, last = start, stop
        while first < last and text[first] in _LEADING:
            first += 1
        while last > first and text[last - 1] in " \u3000|丨":
            last -= 1
        if last > first:
            kept.append((first, last))
    return kept


def _believable(span: TextSpan, hits: list[LabelHit], places: list[int]) -> list[LabelHit]:
    """Leave out short labels in the middle of a value: 民族 in 民族路12号 is none.

    A label of two characters counts at the start of a line, after a gap or a blank, or after
    the short value of another label (性别男民族汉).
    """
    kept: list[LabelHit] = []
    for hit in hits:
        if (
            hit.stop - hit.start > 2
            or hit.start == 0
            or (kept and _follows(kept[-1], hit))
            or span.text[: places[hit.start]].strip() in _SHORT_VALUES
            or places[hit.start] - places[hit.start - 1] > 1
            or gap_before(span, places[hit.start]) >= WIDE_GAP
        ):
            kept.append(hit)
    return kept


def _follows(previous: LabelHit, hit: LabelHit) -> bool:
    """Whether a label may stand right behind another one's short or blank value."""
    between = hit.start - previous.stop
    return 1 <= between <= 4 or (between == 0 and previous.key not in FREE_TEXT)


def _joined(spans: list[TextSpan], lexicon: Lexicon) -> list[TextSpan]:
    """Labels printed wide apart (姓    名) come as two pieces; make them one again."""
    words = {word for word, _ in wordings_by_length(tuple(lexicon.items()))}
    heads = [s for s in spans if len(squeezed_label(s.text)[0]) <= 2]
    used: set[int] = set()
    joined: list[TextSpan] = []
    for head in sorted(heads, key=lambda s: s.box.left):
        if id(head) in used:
            continue
        tail = _tail(head, spans, words, used)
        if tail is not None:
            used |= {id(head), id(tail)}
            joined.append(_join(head, tail))
    return [s for s in spans if id(s) not in used] + joined


def _tail(
    head: TextSpan, spans: list[TextSpan], words: set[str], used: set[int]
) -> TextSpan | None:
    start = squeezed_label(head.text)[0]
    if not start or start in words:
        return None
    suffixes = tuple(word[len(start) :] for word in words if word.startswith(start))
    if not suffixes:
        return None
    near = [
        s
        for s in spans
        if s is not head
        and id(s) not in used
        and abs(s.box.middle - head.box.middle) < 0.6 * head.box.height
        and -0.7 * head.box.height <= s.box.left - head.box.right < 6 * head.box.height
        and squeezed_label(s.text)[0].startswith(suffixes)
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


def label_rows(pieces: list[tuple[Box, str]], lexicon: Lexicon) -> dict[int, str]:
    """Which pieces are rows of one broken wording, each with that wording's key.

    Args:
        pieces: Places and squeezed texts of whole lines.
        lexicon: The wordings, broken at whatever character the cell is full.
    """
    found: dict[int, str] = {}
    for word, key in _longest_first(lexicon):
        for i, (_, text) in enumerate(pieces):
            if i not in found and text and word != text and word.startswith(text):
                rows = _rest(i, word[len(text) :], pieces)
                if rows:
                    found |= dict.fromkeys((i, *rows), key)
    return found


def _rest(above: int, missing: str, pieces: list[tuple[Box, str]]) -> tuple[int, ...]:
    """The rows below that complete a wording; empty where none do."""
    for i, (box, text) in enumerate(pieces):
        if not text or not missing.startswith(text) or not _under(pieces[above][0], box):
            continue
        if text == missing:
            return (i,)
        further = _rest(i, missing[len(text) :], pieces)
        if further:
            return (i, *further)
    return ()


def _under(above: Box, below: Box) -> bool:
    """Whether a piece lies in the next row of the same cell."""
    height = min(above.height, below.height)
    inside = above.left - height < below.centre < above.right + height
    return inside and 0.3 * height < below.middle - above.middle < 2.2 * height


def _longest_first(lexicon: Lexicon) -> list[tuple[str, str]]:
    pairs = [(word, key) for key, words in lexicon.items() for word in words]
    return sorted((p for p in pairs if len(p[0]) >= SHORTEST), key=lambda p: -len(p[0]))


def stack(labels: list[PlacedLabel]) -> list[PlacedLabel]:
    """The labels, those on rows of one cell made one."""
    merged: list[PlacedLabel] = []
    for label in sorted(labels, key=lambda item: item.box.middle):
        above = next((m for m in merged if _same_cell(m, label)), None)
        if above is None:
            merged.append(label)
            continue
        merged.remove(above)
        a, b = above.box, label.box
        box = Box(
            min(a.left, b.left),
            max(a.right, b.right),
            (a.middle + b.middle) / 2,
            b.middle - a.middle + (a.height + b.height) / 2,
        )
        merged.append(PlacedLabel(label.key, box, above.printed + label.printed))
    return merged


def _same_cell(above: PlacedLabel, below: PlacedLabel) -> bool:
    """Whether one label goes on in the other; one that is printed twice stands in two places."""
    a, b = above.box, below.box
    return (
        above.key == below.key
        and above.printed != below.printed
        and abs(a.left - b.left) < 3 * b.height
        and 0.3 * b.height < b.middle - a.middle < 2.2 * b.height
    )
