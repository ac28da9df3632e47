"""The second reader of numbers, as a library and as a program."""

import cv2
import numpy as np
import pytest

from models.errors import MissingPartError
from tasks.reading.engines import number_reader
from tasks.reading.engines.number_reader import (
    NUMBER_HEIGHT,
    InnerNumberReader,
    OuterNumberReader,
    open_number_reader,
)

pytestmark = pytest.mark.engine
NUMBERS = ("11010519491231002X", "330106201904052914")


def strip_of(text):
    strip = np.full((NUMBER_HEIGHT, 420, 3), 245, np.uint8)
    cv2.putText(strip, text, (6, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.95, 0, 2)
    return strip


@pytest.mark.parametrize("reader", [InnerNumberReader, OuterNumberReader])
def test_both_forms_read_whole_numbers(reader):
    opened = reader()
    assert [opened.read(strip_of(number)) for number in NUMBERS] == list(NUMBERS)
    assert "tesseract" in opened.name


def test_only_digits_and_x_come_back():
    assert not set(InnerNumberReader().read(strip_of("ABC-1234"))) - set("0123456789X")


def test_a_number_read_before_does_not_linger():
    reader = InnerNumberReader()
    reader.read(strip_of(NUMBERS[0]))
    assert reader.read(strip_of("")) == ""


def test_without_data_for_the_library_the_program_is_started(monkeypatch):
    monkeypatch.setattr(number_reader, "_DATA_PLACES", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(MissingPartError):
        InnerNumberReader()
    assert isinstance(open_number_reader(), OuterNumberReader)
