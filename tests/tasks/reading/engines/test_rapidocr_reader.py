"""Short lines are read together, and each as by itself."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from specimens.printing.typefaces import installed, load
from tasks.reading.engines.rapidocr_reader import LineBatch, RapidOcrReader, batches


@pytest.mark.parametrize(
    ("widths", "read"),
    [
        pytest.param((), (), id="none"),
        pytest.param((64, 128), (((1,), 128, 1), ((0,), 64, 1)), id="two are read by themselves"),
        pytest.param((64, 192, 128), (((1, 2, 0), 192, 4),), id="three with an empty place"),
        pytest.param(
            (64, 640, 128, 320, 192, 64),
            (((1,), 640, 1), ((5,), 64, 1), ((3, 4, 2, 0), 320, 4)),
            id="a long one by itself, and what is left over",
        ),
    ],
)
def test_short_lines_are_read_four_at_once(widths, read):
    assert batches(widths) == tuple(LineBatch(*one) for one in read)


def strip(text):
    face = load(installed("song", "tuning")[0], 36)
    picture = Image.new("RGB", (round(face.getlength(text)) + 12, 48), "white")
    ImageDraw.Draw(picture).text((6, 4), text, font=face, fill="black")
    return np.asarray(picture, np.uint8)


def test_lines_read_together_read_as_by_themselves():
    reader = RapidOcrReader()
    words = ("性别", "常住人口登记卡", "出生日期", "1986年", "公民身份号码", "王", "籍贯")
    together = reader.recognise(tuple(strip(word) for word in words))
    singly = tuple(reader.recognise((strip(word),))[0] for word in words)
    assert tuple(read.text for read in together) == words
    assert [read.text for read in singly] == [read.text for read in together]
    for one, other in zip(singly, together, strict=True):
        assert [g.place for g in one.glyphs] == pytest.approx(
            [g.place for g in other.glyphs], abs=0.02
        )
