"""The machine-readable code beside a birth certificate's number (version 7, from April 2023).

It says the number a second time, with a check of its own. What agrees with the print confirms it;
what differs is put before a person. No code, or one that cannot be read, decides nothing: older
versions carry none, and strips on version 4 look like one.
"""

import re
from typing import Final

import cv2
import numpy as np
import zxingcpp

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.reading.document import FieldReading, Quad
from tasks.reading.confidence.witnesses import CONFIRMED, DISAGREEMENT
from tasks.reading.files.picture import Pixels

_FORMATS: Final = "Code128,Code39,QRCode,DataMatrix,PDF417"
_NUMBER: Final = re.compile(r"(?<![A-Z0-9])[A-Z]\d{9}(?!\d)")
_ENLARGED: Final = 2
_ASIDE: Final = 1.5  # widths of the number, on either side
_ABOVE: Final = 8.0  # heights of the number, above and below


def coded_number(image: Pixels, printed: Quad | None = None) -> str | None:
    """The certificate's number as its code says it; None without exactly one such number.

    Args:
        image: The upright page. The code stands beside or below the number, which the layouts put
            at the foot, so the lower half is looked at first.
        printed: Where the number itself stands. Bars too fine for the picture are then looked for
            beside it only: enlarging the whole page costs more than reading it.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if printed is not None:
        beside = _around(grey, printed)
        return _only(_numbers(beside) or _numbers(_enlarged(beside))) or _only(_numbers(grey))
    middle = grey.shape[0] // 2
    for half in (grey[middle:], grey[: middle + grey.shape[0] // 10]):
        numbers = _numbers(half) or _numbers(_enlarged(half))
        if len(numbers) == 1:
            return numbers.pop()
    return None


def _only(numbers: set[str]) -> str | None:
    return next(iter(numbers)) if len(numbers) == 1 else None


def _around(grey: "cv2.typing.MatLike", printed: Quad) -> "cv2.typing.MatLike":
    """The picture's part beside, above and below a number."""
    left, top, width, height = cv2.boundingRect(np.array(printed, np.float32))
    x, y = max(0, round(left - _ASIDE * width)), max(0, round(top - _ABOVE * height))
    right, bottom = left + width + _ASIDE * width, top + height + _ABOVE * height
    return grey[y : round(bottom), x : round(right)]


def compare_code(reading: FieldReading, coded: str) -> tuple[FieldReading, tuple[Finding, ...]]:
    """The printed number in the light of the code; its value stays as it was read.

    Args:
        reading: The printed number.
        coded: What the code says.
    """
    if reading.value is None:
        return reading.model_copy(update={"second": coded}), ()
    if reading.value == coded:
        sure = max(reading.confidence, CONFIRMED)
        return reading.model_copy(update={"second": coded, "confidence": sure}), ()
    doubted = min(reading.confidence, DISAGREEMENT)
    conflict = finding(
        Reason.CERTIFICATE_CONTRADICTS_ITSELF,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="条码与印刷编号不一致",
        en="the barcode says another number than the print",
    )
    return reading.model_copy(update={"second": coded, "confidence": doubted}), (conflict,)


def _numbers(grey: "cv2.typing.MatLike") -> set[str]:
    # Kept for the length of the call only: a process that ends with one alive complains of a leak.
    formats = zxingcpp.barcode_formats_from_str(_FORMATS)
    codes = zxingcpp.read_barcodes(grey, formats=formats, try_rotate=False, try_invert=False)
    return {m[0] for code in codes for m in _NUMBER.finditer(code.text.upper())}


def _enlarged(grey: "cv2.typing.MatLike") -> "cv2.typing.MatLike":
    """Narrow bars come closer than two pixels on a photograph of a whole page."""
    return cv2.resize(grey, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
