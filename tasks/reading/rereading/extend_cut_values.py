"""Values of which a box cut off an end: read wider, or believed less where nothing can be read."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import Final

from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.engines.text_reader import Recognised, TextLine
from tasks.reading.image.line_crops import inner_quad
from tasks.reading.image.rectify import Box
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.text_spans import TextSpan, to_strip
from tasks.reading.rereading.line_ends import LineEnd, LineEnds, look_at_ends

UNSEEN: Final = 0.8
"""A value of which an end lies under a reflection, or off the paper, is no surer than this."""
EXTENDED: Final = 0.94
"""A value of which only the wider look shows the end."""
_WIDER: Final = 1.3  # heights by which the wider look reaches further
_ONE_LINE: Final = 2.0  # heights up to which two parts of a line leave no room between them
_LEAST: Final = 0.4  # heights of room without which the ink is that of the text beside it
_HOLE: Final = 2.3  # usual distances between two characters where one is missing
_MANY: Final = 5  # characters from which a usual distance is known
_SHORT: Final = 3
_SPECKS: Final = " :：.,，。|丨_-—·'"
Normaliser = Callable[[str], str | None]


def extend_cut(
    sheet: PageLines, form: LabelledValues, matters: dict[str, Normaliser]
) -> LabelledValues:
    """The form with values whose ends were cut off read whole, or less believed.

    Args:
        sheet: Where they stand.
        form: Labels with values.
        matters: The labels whose values matter, with what makes a text such a value.
    """
    boxes = [e.label.box for e in form.entries]
    boxes += [s.box for e in form.entries for s in e.strips] + [s.box for s in form.loose]
    return LabelledValues(
        tuple(
            _whole(sheet, entry, boxes, matters[entry.label.key])
            if entry.label.key in matters and entry.strips
            else entry
            for entry in form.entries
        ),
        form.loose,
    )


def _whole(
    sheet: PageLines, entry: LabelledValue, boxes: list[Box], normalise: Normaliser
) -> LabelledValue:
    strips = list(entry.strips)
    for i, strip in enumerate(strips):
        ends = look_at_ends(sheet.image, strip.quad, sheet.tint)
        if LineEnd.INK in ends:
            wider = _wider(sheet, strip, ends, boxes)
            text = "".join(s.text for s in (*strips[:i], wider, *strips[i + 1 :]))
            if wider is not strip and normalise(text) is not None:
                strips[i] = wider
        if LineEnd.LOST in ends or _has_hole(strip):
            strips[i] = _capped(strips[i], UNSEEN)
    return LabelledValue(entry.label, tuple(strips))


def _room(strip: TextSpan, boxes: list[Box]) -> tuple[float, float]:
    """How far a line could go on to the left and right before other text begins, in heights."""
    box = strip.box
    row = [
        b for b in boxes if b != box and abs(b.middle - box.middle) < 0.5 * (b.height + box.height)
    ]
    unit = max(box.height, 1e-6)
    left = [_gap(box.left - b.right, b, box) / unit for b in row if b.left < box.left]
    right = [_gap(b.left - box.right, b, box) / unit for b in row if b.right > box.right]
    return min([_WIDER, *left]), min([_WIDER, *right])


def _gap(apart: float, other: Box, box: Box) -> float:
    """How far two pieces are apart; parts of one line touch, wherever the cut between them is."""
    return 0.0 if other.middle == box.middle and apart < _ONE_LINE * box.height else apart


def _wider(sheet: PageLines, strip: TextSpan, ends: LineEnds, boxes: list[Box]) -> TextSpan:
    """The strip read with what follows its ends, where that adds to it; else the strip itself."""
    share = strip.box.height / max(strip.box.width, 1e-6)
    reach = [
        room * share if end is LineEnd.INK and room > _LEAST else 0.0
        for room, end in zip(_room(strip, boxes), ends, strict=True)
    ]
    if not any(reach):
        return strip
    quad = inner_quad(strip.quad, -reach[0], 1 + reach[1])
    read = sheet.reread(quad)
    text = read.text.strip(_SPECKS)
    if _core(strip.text, reach) not in text or len(text) <= len(strip.text):
        return strip
    bare = Recognised(tuple(g for g in read.glyphs if g.text not in _SPECKS))
    return _capped(to_strip(TextLine(quad, bare), sheet.matrix, strip.line), EXTENDED)


def _core(text: str, reach: list[float]) -> str:
    """What both looks must agree on: not a character that the box may have cut in two."""
    if len(text) <= _SHORT:
        return text
    left, right = reach
    return text[1 if left else 0 : -1 if right else None]


def _has_hole(strip: TextSpan) -> bool:
    """Whether a character is missing in the middle of an evenly set line."""
    if len(strip.glyphs) < _MANY:
        return False
    steps = [b.place - a.place for a, b in pairwise(strip.glyphs)]
    return max(steps) > _HOLE * median(steps)


def _capped(strip: TextSpan, ceiling: float) -> TextSpan:
    glyphs = tuple(g._replace(confidence=min(ceiling, g.confidence)) for g in strip.glyphs)
    return strip._replace(glyphs=glyphs)
