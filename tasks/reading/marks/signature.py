"""Whether a letter bears ink of a hand in the place for its signature.

The place is what lies right of 承诺人（签名） or the like. No ink there is told surely. Ink that
stands like the print beside it (as high, level with it, as black) may be a typed name, which is no
signature; that is said without much confidence, so that a person looks. Only what clearly differs
from the print counts as a hand's. A red thumb print alone is left to a person as well.
"""

import re
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import FieldReading, Quad
from tasks.reading.confidence.witnesses import INK_OF_A_HAND, INK_UNCLEAR, NO_INK
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import cut_line
from tasks.reading.layout.prose import HAN, Prose

SIGNED: Final = "true"
UNSIGNED: Final = "false"

LEGIBLE: Final = 0.9
"""A label read worse than this stands on a photograph that tells little about ink."""
REACH: Final = 8.0
"""How far a signature may reach right of its label, heights of the label."""
ABOVE: Final = 0.45
"""How far above and below the label's line it may reach, heights."""
BLANK_INK: Final = 0.05
SOME_INK: Final = 0.12
"""Ink in squares of the label's height; a character has 0.15 to 0.3."""
_LINE: Final = 50  # pixels of the label's height in the cut-out place
_SPECK: Final = 0.22  # heights; rules, dots and specks are lower than this
_TALLER: Final = 1.22
_OFF: Final = 0.13
_BLUER: Final = 14.0
_NEXT_ROW: Final = 1.2
"""Heights below the label from which text is another row's; a hand's slants."""
_NEXT_LABEL: Final = re.compile(r"^(?:日期|签署|签名日期|年|联系|电话|身份证|\d{4}年|\d{4}-)")

Mask = NDArray[np.bool_]


class SignatureInk(NamedTuple):
    """What lies in the place for a signature.

    Attributes:
        amount: In squares of the label's height.
        height: From its top to its bottom, in heights of the label's own ink.
        off: How far its middle lies from the line's, heights of the label.
        bluer: How much bluer than the label's ink, grey levels.
        red: Red ink (a thumb print, a seal), in squares of the label's height.
    """

    amount: float
    height: float
    off: float
    bluer: float
    red: float


def read_signature(image: Pixels, prose: Prose, sign_label: str) -> FieldReading:
    """The field `signed` of a letter.

    Args:
        image: The upright page.
        prose: Its text.
        sign_label: A pattern of what announces the place to sign.
    """
    label = _label(prose, sign_label)
    if label is None:
        return FieldReading(value=None, confidence=0.0)
    place = _place(label[-1], prose)
    printed = max(label, key=lambda piece: piece.box.width)
    value, confidence = _by_ink(measure_ink(image, printed.quad, place))
    if min(piece.mean for piece in label) < LEGIBLE:
        confidence = min(confidence, INK_UNCLEAR)
    if value == UNSIGNED and _signed_elsewhere(prose, label[-1]):
        value, confidence = None, INK_UNCLEAR
    return FieldReading(value=value, confidence=confidence, quad=place)


def _by_ink(ink: SignatureInk) -> tuple[str | None, float]:
    if ink.amount < BLANK_INK:
        return (UNSIGNED, NO_INK) if ink.red < SOME_INK else (None, INK_UNCLEAR)
    if ink.amount < SOME_INK:
        return None, INK_UNCLEAR
    by_hand = ink.height > _TALLER or ink.off > _OFF or ink.bluer > _BLUER
    return (SIGNED, INK_OF_A_HAND) if by_hand else (UNSIGNED, INK_UNCLEAR)


def _signed_elsewhere(prose: Prose, label: TextSpan) -> bool:
    """Whether a name may stand outside the place: some characters below it, or far to its right."""
    unit = label.box.height
    return any(
        _is_a_name_below(span, label, unit) or _stands_beside(span, label, unit)
        for span in prose.spans
    )


def _is_a_name_below(span: TextSpan, label: TextSpan, unit: float) -> bool:
    return (
        span.box.middle - label.box.middle > _NEXT_ROW * unit
        and re.fullmatch(rf"{HAN}{{2,6}}", span.text.strip()) is not None
        and not re.search("[日期年月签]", span.text)
    )


def _stands_beside(span: TextSpan, label: TextSpan, unit: float) -> bool:
    """Whether text that is neither a label nor a date stands on the row; a hand's is misread."""
    beside = abs(span.box.middle - label.box.middle) <= _NEXT_ROW * unit
    named = re.search("[:：]|[日期年月签]", span.text) or _NEXT_LABEL.match(span.text.strip())
    return beside and span.box.left > label.box.right and named is None


def _label(prose: Prose, sign_label: str) -> tuple[TextSpan, ...] | None:
    """The last label of a place to sign, in the lower part of the text, in its pieces."""
    last = None
    for match in prose.all(sign_label):
        after = prose.text[match.end() : match.end() + 12]
        if match.start() < len(prose.text) // 3 or re.search("身份证|公民身份", after):
            continue
        if match.start() in prose.rows or _opens_strip(prose, match.start()):
            last = match
    if last is None:
        return None
    return prose.pieces(last.start(), last.end())


def _opens_strip(prose: Prose, index: int) -> bool:
    return prose.places[index][1] == 0


def _place(label: TextSpan, prose: Prose) -> Quad:
    """Right of the label, as far as the next label on the row."""
    box = label.box
    reach = REACH * box.height
    for span in prose.spans:
        beside = abs(span.box.middle - box.middle) < 0.7 * box.height
        if beside and span.box.left > box.right and _NEXT_LABEL.match(span.text.strip()):
            reach = min(reach, span.box.left - box.right)
    ul, ur, lr, ll = (np.array(corner) for corner in label.quad)
    along, down = (ur - ul) / max(box.width, 1.0), (ll - ul)
    far = along * max(reach, box.height)
    corners = (
        ur - ABOVE * down,
        ur + far - ABOVE * down,
        lr + far + ABOVE * down,
        lr + ABOVE * down,
    )
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d


def measure_ink(image: Pixels, label: Quad, place: Quad) -> SignatureInk:
    """What lies in a place, measured by the label's own print.

    Args:
        image: The upright page.
        label: Where the label stands.
        place: Where a signature belongs.
    """
    printed = cut_line(image, label, _LINE)
    shade = _shade(printed)
    contrast = float(np.percentile(shade, 96))
    least = max(16.0, 0.32 * contrast)
    own = shade > least
    tall = round(_LINE * (1 + 2 * ABOVE))
    crop = cut_line(image, place, tall)
    inside = _inside(image, place, crop.shape[1], tall)
    red = (_redness(crop) > 40) & inside
    dark = (_shade(crop) > least) & inside & ~red
    kept = _strokes(dark)
    rows = np.flatnonzero(kept.any(axis=1))
    own_rows = np.flatnonzero(own.sum(axis=1) > 1)
    own_height = float(np.ptp(own_rows)) if own_rows.size else float(_LINE)
    middle = float(np.median(own_rows)) if own_rows.size else _LINE / 2
    area = float(_LINE * _LINE)
    if not rows.size:
        return SignatureInk(0.0, 0.0, 0.0, 0.0, float(red.sum()) / area)
    centre = float(rows[0] + rows[-1]) / 2 - ABOVE * _LINE
    return SignatureInk(
        amount=float(kept.sum()) / area,
        height=float(np.ptp(rows)) / max(own_height, 1.0),
        off=abs(centre - middle) / _LINE,
        bluer=_blueness(crop, kept) - _blueness(printed, own),
        red=float(red.sum()) / area,
    )


def _shade(crop: Pixels) -> NDArray[np.float32]:
    """How much darker than the paper around it."""
    grey = cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (0, 0), 0.8)
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((25, 25), np.uint8)), (0, 0), 8)
    return np.asarray(ground, np.float32) - np.asarray(grey, np.float32)


def _strokes(dark: Mask) -> Mask:
    """Ink without rules, dots and specks."""
    ink_mask = dark.astype(np.uint8)
    rules = cv2.morphologyEx(ink_mask, cv2.MORPH_OPEN, np.ones((1, 2 * _LINE), np.uint8))
    ink_mask[cv2.dilate(rules, np.ones((5, 3), np.uint8)) > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink_mask, connectivity=8)
    low = _SPECK * _LINE
    edge = dark.shape[0]
    kept = [
        i
        for i in range(1, count)
        if stats[i, cv2.CC_STAT_HEIGHT] >= low and _of_this_line(stats[i], edge)
    ]
    return np.isin(labels, kept)


def _of_this_line(stats: NDArray[np.int32], edge: int) -> bool:
    """Whether a piece lies about the middle: no border of a box, nothing of the next line."""
    top, height = int(stats[cv2.CC_STAT_TOP]), int(stats[cv2.CC_STAT_HEIGHT])
    off = abs(top + height / 2 - edge / 2)
    return (
        height < 0.9 * edge and off < (0.4 if top > 1 and top + height < edge - 1 else 0.2) * _LINE
    )


def _inside(image: Pixels, place: Quad, width: int, height: int) -> Mask:
    """Which part of the place lies on the picture at all."""
    whole = np.full(image.shape[:2], 255, np.uint8)
    source = np.asarray(place, np.float32)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return np.asarray(cv2.warpPerspective(whole, matrix, (width, height)) > 0)


def _redness(crop: Pixels) -> NDArray[np.int16]:
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(crop))
    lead = red - np.maximum(blue, green)
    return np.asarray(lead - np.median(lead), np.int16)


def _blueness(crop: Pixels, mask: Mask) -> float:
    """How far blue leads red in ink, against the paper around it."""
    if not mask.any():
        return 0.0
    lead = crop[:, :, 0].astype(np.float32) - crop[:, :, 2].astype(np.float32)
    return float(np.median(lead[mask]) - np.median(lead[~mask]))
