"""Stamps that end a registration card: 注销, 迁出, 死亡, 作废, in large red characters."""

from typing import Final, Protocol

import cv2
import numpy as np

from models.finding import Finding, Verdict, finding
from models.reason import Code
from tasks.reading.decode import Pixels
from tasks.reading.engines.text_reader import TextLine

WORDS: Final = ("注销", "迁出", "死亡", "作废")
SURE: Final = 0.8
_SIDE: Final = 640
_RED_LEAD: Final = 18
"""By how much red leads the other channels in ink; paper and lamps stay below."""


class Reader(Protocol):
    """The part of a text reader that is needed."""

    def lines(self, image: Pixels) -> tuple[TextLine, ...]:
        """Every line of a picture."""
        ...


def cancelling_stamp(image: Pixels, reader: Reader) -> Finding | None:
    """E03 where such a stamp is seen on an upright page; a doubt where it is hardly legible.

    Everything but red ink is wiped away first: the stamp lies across printed lines, and a line
    finder that sees both takes it for neither.
    """
    scale = min(1.0, _SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for line in reader.lines(_red_ink(np.asarray(small, np.uint8))):
        text = line.text
        if any(word in text for word in WORDS):
            sure = line.confidence >= SURE
            return finding(Code.E03, verdict=Verdict.FAILED if sure else Verdict.CANNOT_TELL)
    return None


def _red_ink(image: Pixels) -> Pixels:
    """Red ink as black on white."""
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(image))
    lead = red - np.maximum(blue, green)
    ground = np.median(lead)
    ink = np.clip((lead - ground - _RED_LEAD / 2) * 6, 0, 255).astype(np.uint8)
    grey = 255 - cv2.GaussianBlur(ink, (0, 0), 0.8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
