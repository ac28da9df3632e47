"""Make a field out of a label's entry: value, raw text, confidence and place."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from models.reading.document import FieldReading, Quad
from tasks.reading.confidence.witnesses import (
    BESIDE_OVERLAY,
    BLANK,
    LEGIBLE,
    MISSING,
    ONE_ENGINE,
    PART_COVERED,
    SALVAGED,
    UNNAMED,
    UNREADABLE,
    at_most,
    of_closed_list,
)
from tasks.reading.engines.text_lines import TextSpan, gap_before
from tasks.reading.layout.normalise_values import Normaliser, is_blank
from tasks.reading.layout.overlay_words import HIDDEN, has_overlay, without_overlay
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues, rows_of
from tasks.reading.layout.split_labels import WIDE_GAP

Fields = dict[str, FieldReading]
Reader = Callable[[LabelledValue | None], FieldReading]
EARLY: Final = 3.0
"""Heights by which a row that goes on below may end before the longest one."""
NOT_FOUND: Final = FieldReading(value=None, confidence=0.0)
"""Neither a label nor a value."""


def read_field(
    entry: LabelledValue | None, normalise: Normaliser, *, may_be_blank: bool = False
) -> FieldReading:
    """The field that a label announces.

    Args:
        entry: The label with what stands beside it; None when no label was found.
        normalise: From the raw text to the value.
        may_be_blank: Whether papers leave this place empty.
    """
    if entry is None:
        return NOT_FOUND
    if not entry.spans:
        blank = may_be_blank and entry.seen_blank
        return FieldReading(value=None, confidence=BLANK if blank else MISSING)
    return read_spans(entry.spans, normalise, may_be_blank=may_be_blank)


def read_word(
    entry: LabelledValue | None,
    normalise: Normaliser,
    known: Callable[[str], bool],
    *,
    may_be_blank: bool = False,
) -> FieldReading:
    """A word out of a closed list.

    Args:
        entry: The label with what stands beside it.
        normalise: From the raw text to the word.
        known: Whether a word stands in the list.
        may_be_blank: Whether papers leave this place empty.
    """
    reading = read_field(entry, normalise, may_be_blank=may_be_blank)
    if reading.value is None or not known(reading.value):
        return reading
    return of_closed_list(reading)


def read_spans(
    spans: Iterable[TextSpan], normalise: Normaliser, *, may_be_blank: bool = False
) -> FieldReading:
    """The field that some pieces of text make up.

    Pieces that are hardly legible beside others that are (a stroke of a seal, a speck) are left
    out when they are in the way, and the field is then no surer than `SALVAGED`.
    """
    pieces = tuple(spans)
    reading = _plain(pieces, normalise, may_be_blank=may_be_blank)
    firm = tuple(piece for piece in pieces if _firm(piece))
    if not firm or len(firm) == len(pieces):
        return reading
    salvaged = _plain(firm, normalise, may_be_blank=False)
    if salvaged.value is None:
        return reading
    return salvaged.model_copy(
        update={"raw": reading.raw, "confidence": min(SALVAGED, salvaged.confidence)}
    )


def _firm(piece: TextSpan) -> bool:
    """Whether a piece is legible Chinese or a number, not a speck or a foreign subtitle."""
    text = piece.text.strip()
    legible = piece.mean >= LEGIBLE
    return legible and not re.fullmatch(r"[A-Za-z][A-Za-z .,'()]+|[^\w]*", text)


def _plain(
    pieces: tuple[TextSpan, ...], normalise: Normaliser, *, may_be_blank: bool
) -> FieldReading:
    raw = "".join(piece.text for piece in pieces)
    quad = hull(piece.quad for piece in pieces)
    if has_overlay(raw):
        return _beside_overlay(pieces, raw, normalise)
    if is_blank(raw):
        return FieldReading(
            value=None, raw=raw, confidence=BLANK if may_be_blank else MISSING, quad=quad
        )
    value, ceiling = normalise(raw), ONE_ENGINE
    if value is None:
        value, ceiling = normalise(_with_gaps(pieces)), SALVAGED
    if value is None:
        return FieldReading(value=None, raw=raw, confidence=UNREADABLE, quad=quad)
    if _row_ends_early(pieces):
        ceiling = PART_COVERED
    weakest = min(piece.weakest for piece in pieces)
    return FieldReading(value=value, raw=raw, confidence=min(ceiling, weakest), quad=quad)


def _row_ends_early(pieces: tuple[TextSpan, ...]) -> bool:
    """Whether a row stops short of another although the value goes on below: its end was lost."""
    rows = rows_of(pieces)
    ends = [max(piece.box.right for piece in row) for row in rows]
    heights = [max(piece.box.height for piece in row) for row in rows]
    return any(
        end < max(ends) - EARLY * height
        for end, height in zip(ends[:-1], heights[:-1], strict=True)
    )


def _with_gaps(pieces: tuple[TextSpan, ...]) -> str:
    """The text with a blank between pieces and at every wide gap: where a column may end."""
    return " ".join(
        "".join(
            f" {glyph.text}" if gap_before(piece, i) >= WIDE_GAP else glyph.text
            for i, glyph in enumerate(piece.glyphs)
        )
        for piece in pieces
    )


def _beside_overlay(pieces: tuple[TextSpan, ...], raw: str, normalise: Normaliser) -> FieldReading:
    """What stands beside words of a stamp or watermark, which may hide its end: never sure."""
    quad = hull(piece.quad for piece in pieces)
    own = "".join(without_overlay(piece.text) for piece in pieces)
    value = None if HIDDEN in own or is_blank(own) else normalise(own)
    if value is None:
        return FieldReading(value=None, raw=raw, confidence=UNREADABLE, quad=quad)
    weakest = min(piece.weakest for piece in pieces)
    confidence = min(BESIDE_OVERLAY, weakest)
    return FieldReading(value=value, raw=raw, confidence=confidence, quad=quad)


def dated(form: LabelledValues, words: str, normalise: Normaliser) -> FieldReading:
    """A date that stands by itself, with a word behind it that says of what (2010年4月18日签发).

    Args:
        form: The page.
        words: A regular expression for the word; without it the date is less sure.
        normalise: From the raw text to the date.
    """
    beside = (span for entry in form.all("clerk") for span in entry.spans)
    readings = [read_spans((span,), normalise) for span in (*form.loose, *beside)]
    found = [reading for reading in readings if reading.value is not None]
    named = [reading for reading in found if re.search(words, reading.raw)]
    if named:
        return named[-1]
    return at_most(found[-1], UNNAMED) if found else NOT_FOUND


def hull(quads: Iterable[Quad]) -> Quad:
    """The smallest upright rectangle around some quads; a single quad stays as it is."""
    found = tuple(quads)
    if len(found) == 1:
        return found[0]
    xs = [x for quad in found for x, _ in quad]
    ys = [y for quad in found for _, y in quad]
    return (
        (min(xs), min(ys)),
        (max(xs), min(ys)),
        (max(xs), max(ys)),
        (min(xs), max(ys)),
    )
