"""The main reader: the PP-OCR models that the rapidocr wheel carries, run on one thread.

Only the models are taken from the package, nothing is ever downloaded. Its own pipeline pads
every crop to 320 pixels and gives no place for a character; here short crops stay short, which
halves the work on a card, and every character keeps its place, which lets a label and a value
on one line be cut apart.
"""

import math
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import MissingPartError
from models.reading.document import Quad
from tasks.reading.engines.inference import (
    FinalLayerKind,
    Floats,
    InferenceSession,
    best_probabilities,
    open_session,
    sigmoid,
    softmax,
)
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import from_upper_left
from tasks.reading.image.pixels import cut_line, reduced
from tasks.reading.likelihood.confusions import CONFUSED, LEAST_LOG_ODDS, known_confusions
from tasks.reading.likelihood.emissions import Alphabet, LineEmissions

DETECTOR: Final = "PP-OCRv6_det_small.onnx"
RECOGNISER: Final = "PP-OCRv6_rec_small.onnx"
LINE_HEIGHT: Final = 48  # the recogniser's input height, pixels
MAX_LINE_WIDTH: Final = 1600
LONG_SIDE: Final = 960  # detection beyond this gains nothing on papers of this size
_WIDTH_STEPS: Final = ((640, 64), (MAX_LINE_WIDTH, 160))
"""Up to which width, in which steps. Every width costs the runtime a compilation and 6 MB that it
keeps: 21 widths 130 MB, the 50 of steps of 32 pixels 300 MB."""
_TOGETHER: Final = 4
"""Short lines that are read at once. A line of 64 pixels takes 4.5 ms among lines of other widths,
four at once take 6; of 320 pixels 7 and 17. Each number of lines is a size of its own to the
runtime, so that there is but this one, and a place may stay empty in it."""
_SHORT: Final = 320
"""Pixels up to which lines are read together: beyond it that saves little and takes memory."""
_SIDE_STEP: Final = 64
INK_THRESHOLD: Final = 0.3
_INK_SCORE: Final = math.log(INK_THRESHOLD / (1 - INK_THRESHOLD))
BOX_THRESHOLD: Final = 0.5
UNCLIP_RATIO: Final = 1.6  # the network is trained on shrunken boxes; this grows them back
MIN_SHORT_SIDE: Final = 3.0


class RapidOcrReader:
    """PP-OCRv6 small from the rapidocr wheel. About 450 MB and half a second to load."""

    trust: Final = 1.0

    def __init__(self) -> None:
        """Check that the models are there; they are loaded at first use.

        Raises:
            MissingPartError: The package, its models or a runtime is missing.
        """
        package = find_spec("rapidocr")
        if package is None or package.origin is None:
            raise MissingPartError("The rapidocr package is not installed.")
        self._folder = Path(package.origin).parent / "models"
        for model in (DETECTOR, RECOGNISER):
            if not (self._folder / model).is_file():
                message = f"The rapidocr package carries no {model}."
                raise MissingPartError(message)
        if not (find_spec("openvino") or find_spec("onnxruntime")):
            raise MissingPartError("No model runtime: install openvino or onnxruntime.")

    @cached_property
    def name(self) -> str:
        """The package, its models' generation and the runtime."""
        return f"rapidocr {metadata.version('rapidocr')} PP-OCRv6 on {self._recogniser.name}"

    @cached_property
    def _detector(self) -> InferenceSession:
        return open_session(self._folder / DETECTOR, FinalLayerKind.SIGMOID)

    @cached_property
    def _recogniser(self) -> InferenceSession:
        return open_session(self._folder / RECOGNISER, FinalLayerKind.SOFTMAX)

    @cached_property
    def _alphabet(self) -> Alphabet:
        """Column 0 is the blank of the decoder, the last one a space."""
        return Alphabet(("", *self._recogniser.characters, " "))

    def locate(self, image: Pixels, *, long_side: int = LONG_SIDE) -> tuple[Quad, ...]:
        """Find the lines; an image longer than `long_side` pixels is reduced first."""
        small = reduced(image, long_side)
        scale = small.shape[1] / image.shape[1]
        height, width = (-(-side // _SIDE_STEP) * _SIDE_STEP for side in small.shape[:2])
        padded = cv2.copyMakeBorder(
            small, 0, height - small.shape[0], 0, width - small.shape[1], cv2.BORDER_REPLICATE
        )
        scores = self._detector.run(_to_input((np.asarray(padded, np.uint8),), width))[0, 0]
        inside = np.ascontiguousarray(scores[: small.shape[0], : small.shape[1]])
        return text_boxes(inside, 1.0 / scale)

    def recognise(self, crops: tuple[Pixels, ...]) -> tuple[Recognised, ...]:
        """Read crops, short ones four at a time."""
        lines = tuple(_as_line(crop) for crop in crops)
        read: dict[int, Recognised] = {}
        for batch in batches(tuple(_input_width(line.shape[1]) for line in lines)):
            scores = self._recogniser.run(batch.values(lines))
            for index, rows in zip(batch.lines, scores, strict=False):
                read[index] = self._decode(rows, lines[index].shape[1] / batch.width)
        return tuple(read[index] for index in range(len(crops)))

    def lines(self, image: Pixels) -> tuple[TextLine, ...]:
        """Find and read all lines."""
        quads = self.locate(image)
        crops = tuple(cut_line(image, quad, LINE_HEIGHT) for quad in quads)
        return tuple(map(TextLine, quads, self.recognise(crops)))

    def emissions(self, crop: Pixels) -> LineEmissions:
        """What the recogniser saw on a crop, frame by frame."""
        line = _as_line(crop)
        batch = LineBatch((0,), _input_width(line.shape[1]), 1)
        scores = self._recogniser.run(batch.values((line,)))[0]
        frames = max(1, round(len(scores) * line.shape[1] / batch.width))
        return LineEmissions(softmax(scores[:frames]), self._alphabet)

    def _decode(self, scores: Floats, filled: float) -> Recognised:
        """Collapse the decoder's steps: a repeat without a blank between is one character."""
        best = scores.argmax(axis=1)
        chosen = best != 0
        chosen[1:] &= best[1:] != best[:-1]
        steps = np.flatnonzero(chosen)
        sure = best_probabilities(scores, steps, best[steps])
        for number, step in enumerate(steps):
            if self._may_be_rival(scores[step], int(best[step])):
                sure[number] = min(CONFUSED, sure[number])
        places = np.minimum(1.0, (steps + 0.5) / len(best) / filled)
        characters = (self._alphabet.characters[column] for column in best[steps])
        glyphs = zip(characters, sure.tolist(), places.tolist(), strict=True)
        return Recognised(tuple(Glyph(*glyph) for glyph in glyphs))

    def _may_be_rival(self, scores: Floats, best: int) -> bool:
        """Whether a frame's likeliest character is known to be read for one that is near here."""
        rivals = self._rivals.get(best)
        return rivals is not None and bool(scores[rivals].max() - scores[best] >= LEAST_LOG_ODDS)

    @cached_property
    def _rivals(self) -> dict[int, list[int]]:
        """By the column of a character those of the characters that it is read for."""
        column = self._alphabet.column
        return {
            read_as: [known for c in printed if (known := column(c)) is not None]
            for read, printed in known_confusions().items()
            if (read_as := column(read)) is not None
        }


def _input_width(width: int) -> int:
    """The width to which a line is filled up."""
    step = next(step for limit, step in _WIDTH_STEPS if width <= limit)
    return -(-width // step) * step


def _as_line(crop: Pixels) -> Pixels:
    """A crop at the recogniser's height, cut off where it is too long."""
    ratio = crop.shape[1] / max(1, crop.shape[0])
    width = int(np.clip(round(LINE_HEIGHT * ratio), 8, MAX_LINE_WIDTH))
    if crop.shape[0] == LINE_HEIGHT:
        return crop[:, :width]
    return np.asarray(cv2.resize(crop, (width, LINE_HEIGHT)), dtype=np.uint8)


class LineBatch(NamedTuple):
    """Lines that are read at once.

    Attributes:
        lines: Which.
        width: To which each is filled up, pixels.
        places: How many the recogniser is given; those beyond the lines are empty.
    """

    lines: tuple[int, ...]
    width: int
    places: int

    def values(self, lines: tuple[Pixels, ...]) -> Floats:
        """What the recogniser is given, of all lines."""
        return _to_input(tuple(lines[i] for i in self.lines), self.width, self.places)


def batches(widths: tuple[int, ...]) -> tuple[LineBatch, ...]:
    """How lines of these widths are read: the widest first, short ones together.

    Args:
        widths: To which each would be filled up by itself, pixels.
    """
    order = sorted(range(len(widths)), key=lambda index: widths[index], reverse=True)
    by_itself = [index for index in order if widths[index] > _SHORT]
    short = order[len(by_itself) :]
    together = [tuple(short[i : i + _TOGETHER]) for i in range(0, len(short), _TOGETHER)]
    if together and len(together[-1]) < _TOGETHER - 1:
        by_itself.extend(together.pop())
    return (
        *(LineBatch((index,), widths[index], 1) for index in by_itself),
        *(LineBatch(some, widths[some[0]], _TOGETHER) for some in together),
    )


def _to_input(images: tuple[Pixels, ...], width: int, places: int = 1) -> Floats:
    """Images as places x 3 x height x width, -1 to 1; what no image fills is 0."""
    values = np.zeros((places, 3, images[0].shape[0], width), np.float32)
    for place, image in zip(values, images, strict=False):
        for channel, plane in zip(place, cv2.split(image), strict=True):
            filled = channel[:, : image.shape[1]]
            np.multiply(plane, np.float32(2 / 255), out=filled)
            filled -= 1
    return values


def text_boxes(scores: Floats, scale: float) -> tuple[Quad, ...]:
    """Boxes around the connected areas of text.

    Args:
        scores: Height x width: how much speaks for text, in logits.
        scale: What the map's pixels are multiplied by to give the image's pixels.
    """
    ink = (scores > _INK_SCORE).astype(np.uint8)
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for outline in contours:
        contour = np.asarray(outline, dtype=np.int32)
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < MIN_SHORT_SIDE or _mean_inside(scores, contour) < BOX_THRESHOLD:
            continue
        grow = 2 * width * height * UNCLIP_RATIO / (2 * (width + height))
        corners = cv2.boxPoints((centre, (width + grow, height + grow), angle)) * scale
        a, b, c, d = ((float(x), float(y)) for x, y in corners)
        boxes.append(from_upper_left((a, b, c, d)))
    return tuple(boxes)


def _mean_inside(scores: Floats, contour: NDArray[np.int32]) -> float:
    """The mean probability of text inside an outline."""
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.fillPoly(mask, [contour - np.array([x, y])], 1)
    return float(cv2.mean(sigmoid(scores[y : y + height, x : x + width]), mask)[0])
