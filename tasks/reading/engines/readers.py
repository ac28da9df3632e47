"""Which readers this machine has, chosen once for each process."""

from functools import lru_cache
from typing import NamedTuple

from models.errors import MissingPartError
from models.reading.document import NO_SECOND_READER
from tasks.reading.engines.number_reader import NumberReader, open_number_reader
from tasks.reading.engines.rapidocr_reader import RapidOcrReader
from tasks.reading.engines.tesseract_reader import TesseractReader
from tasks.reading.engines.text_lines import TextReader


class Readers(NamedTuple):
    """The readers at hand.

    Attributes:
        text: Finds and reads lines.
        numbers: The independent second reader of numbers; None where it is missing, which keeps
            numbers below full confidence.
    """

    text: TextReader
    numbers: NumberReader | None

    @property
    def engine(self) -> str:
        """Names and versions, as they are recorded with a reading; missing ones are named."""
        second = self.numbers.name if self.numbers else NO_SECOND_READER
        return f"{self.text.name}; {second}"


@lru_cache(maxsize=1)
def this_process_readers() -> Readers:
    """The best readers of this machine, loaded once.

    Raises:
        MissingPartError: No reader of Chinese at all.
    """
    return Readers(_text_reader(), _number_reader())


def _text_reader() -> TextReader:
    try:
        return RapidOcrReader()
    except MissingPartError:
        return TesseractReader()


def _number_reader() -> NumberReader | None:
    try:
        return open_number_reader()
    except MissingPartError:
        return None
