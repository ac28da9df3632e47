"""The independent second reader of identity numbers: Tesseract, digits and X, nothing else.

Inside this process a number costs about 12 ms; as a program of its own, 150 to 200 ms.
"""

import os
import re
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import cv2
import numpy as np

from models.errors import EngineError, MissingPartError
from tasks.reading.engines.tesseract_reader import TIMEOUT_SECONDS, languages, version, wrapper
from tasks.reading.files.picture import Pixels

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

NUMBER_HEIGHT: Final = 40
NUMBER_BORDER: Final = 12
_LANGUAGE: Final = "eng"
_CHARACTERS: Final = "0123456789X"
_AT_START: Final = {"load_system_dawg": "0", "load_freq_dawg": "0"}
_RESOLUTION: Final = 70  # dots an inch, what the program assumes of a picture that says nothing
_DATA_PLACES: Final = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class NumberReader(Protocol):
    """A reader of numbers. One instance serves one thread."""

    @property
    def name(self) -> str:
        """Name and version, as it is recorded with a reading."""

    def read(self, crop: Pixels) -> str:
        """The digits (and X) on a strip that is `NUMBER_HEIGHT` pixels high.

        Raises:
            EngineError: The reader failed or took too long.
        """


def open_number_reader() -> NumberReader:
    """The faster of the two that this machine has.

    Raises:
        MissingPartError: Tesseract or its data is not installed.
    """
    try:
        return InnerNumberReader()
    except MissingPartError:
        return OuterNumberReader()


class InnerNumberReader:
    """Tesseract as a library of this process, on one thread; about 20 MB."""

    def __init__(self) -> None:
        """Check that the library and its data are there; they are loaded at first use.

        Raises:
            MissingPartError: Either is not installed.
        """
        if not find_spec("tesserocr"):
            raise MissingPartError("The tesserocr package is not installed.")
        folder = _data_folder()
        if folder is None:
            raise MissingPartError("Tesseract's eng data is not installed.")
        self._folder = folder

    @cached_property
    def name(self) -> str:
        """Library and version."""
        import tesserocr

        return f"{tesserocr.tesseract_version().splitlines()[0]} digits"

    @cached_property
    def _engine(self) -> "PyTessBaseAPI":
        import tesserocr

        engine = tesserocr.PyTessBaseAPI(
            path=str(self._folder),
            lang=_LANGUAGE,
            psm=tesserocr.PSM.SINGLE_LINE,
            oem=tesserocr.OEM.LSTM_ONLY,
            variables=_AT_START,
        )
        engine.SetVariable("tessedit_char_whitelist", _CHARACTERS)
        return engine

    def read(self, crop: Pixels) -> str:
        """See `NumberReader`.

        Raises:
            EngineError: Tesseract failed, or took longer than `TIMEOUT_SECONDS`.
        """
        grey = _framed(crop)
        height, width = grey.shape[:2]
        try:
            self._engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
            self._engine.SetSourceResolution(_RESOLUTION)
            done = self._engine.Recognize(TIMEOUT_SECONDS * 1000)
            text = str(self._engine.GetUTF8Text()) if done else None
        except (RuntimeError, OSError) as error:
            raise EngineError("Tesseract failed on a number.") from error
        if text is None:
            raise EngineError("Tesseract took too long for a number.")
        return _only_number(text)


class OuterNumberReader:
    """Tesseract as a program that is started for every number."""

    def __init__(self) -> None:
        """Check that the program is there.

        Raises:
            MissingPartError: It is not installed.
        """
        if _LANGUAGE not in languages():
            raise MissingPartError("Tesseract or its eng data is not installed.")

    @property
    def name(self) -> str:
        """Program and version."""
        return f"tesseract {version()} digits"

    def read(self, crop: Pixels) -> str:
        """See `NumberReader`.

        Raises:
            EngineError: Tesseract failed, or took longer than `TIMEOUT_SECONDS`.
        """
        options = {"tessedit_char_whitelist": _CHARACTERS, **_AT_START}
        settings = " ".join(f"-c {key}={value}" for key, value in options.items())
        pytesseract = wrapper()
        try:
            text: str = pytesseract.image_to_string(
                _framed(crop),
                lang=_LANGUAGE,
                config=f"--psm 7 --oem 1 {settings}",
                timeout=TIMEOUT_SECONDS,
            )
        except (pytesseract.TesseractError, RuntimeError, OSError) as error:
            raise EngineError("Tesseract failed on a number.") from error
        return _only_number(text)


def _data_folder() -> Path | None:
    """Where the operating system's package, or the administrator, put the data."""
    named = os.environ.get("TESSDATA_PREFIX")
    places = [Path(named)] if named else []
    for pattern in _DATA_PLACES:
        places += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    return next((p for p in places if (p / f"{_LANGUAGE}.traineddata").is_file()), None)


def _framed(crop: Pixels) -> Pixels:
    """In grey, with a border: digits that touch the edge are lost."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    b = NUMBER_BORDER
    return np.asarray(cv2.copyMakeBorder(grey, b, b, b, b, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _only_number(text: str) -> str:
    return re.sub(rf"[^{_CHARACTERS}]", "", text)
