"""Tesseract as a program: reads the whole page where the main reader is missing."""

import math
import shutil
from collections import defaultdict
from functools import lru_cache
from typing import Any, Final

import cv2

from models.errors import EngineError, MissingPartError
from models.reading.document import Quad
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import reduced

_PAGE_CONFIG: Final = "--psm 11 --oem 1"
TIMEOUT_SECONDS: Final = 30
_LONG_SIDE: Final = 1600


class TesseractReader:
    """Reads simplified Chinese well below the main reader: its word is worth less."""

    trust: Final = 0.6

    def __init__(self) -> None:
        """Check that the program and its Chinese data are there.

        Raises:
            MissingPartError: Either is not installed.
        """
        if "chi_sim" not in languages():
            raise MissingPartError("Tesseract or its chi_sim data is not installed.")

    @property
    def name(self) -> str:
        """Program and version."""
        return f"tesseract {version()} chi_sim"

    def locate(self, image: Pixels, *, long_side: int = 0) -> tuple[Quad, ...] | None:
        """Nothing: the program finds and reads at once."""
        return None

    def recognise(self, crops: tuple[Pixels, ...]) -> tuple[Recognised, ...]:
        """Read single lines."""
        return tuple(_recognised(_data(crop, "--psm 7 --oem 1")) for crop in crops)

    def emissions(self, crop: Pixels) -> None:
        """Nothing: the program tells only what it chose."""

    def lines(self, image: Pixels) -> tuple[TextLine, ...]:
        """Find and read every line."""
        small = reduced(image, _LONG_SIDE)
        scale = small.shape[1] / image.shape[1]
        return tuple(
            TextLine(_quad(words, scale), _recognised(words))
            for words in _by_line(_data(small, _PAGE_CONFIG))
        )


def wrapper() -> Any:  # noqa: ANN401 - the package ships no types
    """The package that starts the program, imported late: it brings pandas, 100 MB and a second."""
    import pytesseract

    return pytesseract


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages whose data the program has; empty where the program itself is missing."""
    if shutil.which("tesseract") is None:
        return frozenset()
    pytesseract = wrapper()
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractError, OSError):
        return frozenset()


@lru_cache(maxsize=1)
def version() -> str:
    """The program's version."""
    return str(wrapper().get_tesseract_version()).splitlines()[0]


Word = dict[str, Any]


def _data(image: Pixels, config: str) -> list[Word]:
    pytesseract = wrapper()
    try:
        table = pytesseract.image_to_data(
            cv2.cvtColor(image, cv2.COLOR_BGR2RGB),
            lang="chi_sim",
            config=config,
            timeout=TIMEOUT_SECONDS,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise EngineError("Tesseract failed on an image.") from error
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    return [row for row in rows if str(row["text"]).strip() and float(row["conf"]) >= 0]


def _by_line(words: list[Word]) -> list[list[Word]]:
    lines: dict[tuple[int, int, int], list[Word]] = defaultdict(list)
    for word in words:
        lines[word["block_num"], word["par_num"], word["line_num"]].append(word)
    return list(lines.values())


def _quad(words: list[Word], scale: float) -> Quad:
    left = min(w["left"] for w in words) / scale
    top = min(w["top"] for w in words) / scale
    right = max(w["left"] + w["width"] for w in words) / scale
    bottom = max(w["top"] + w["height"] for w in words) / scale
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _recognised(words: list[Word]) -> Recognised:
    """Characters spread evenly over their words: the program places words only."""
    if not words:
        return Recognised(())
    left = min(w["left"] for w in words)
    width = max(1, max(w["left"] + w["width"] for w in words) - left)
    glyphs = []
    for word in words:
        text = str(word["text"]).strip()
        for i, character in enumerate(text):
            middle = word["left"] + word["width"] * (i + 0.5) / len(text)
            confidence = math.floor(float(word["conf"])) / 100
            glyphs.append(Glyph(character, confidence, (middle - left) / width))
    return Recognised(tuple(glyphs))
