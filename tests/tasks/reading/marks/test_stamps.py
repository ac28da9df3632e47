"""Stamps that end a registration card."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.checks.reason import Reason
from models.reading.document import DocumentKind
from specimens.applications.invented_application import each_application
from specimens.printing.typefaces import installed, load
from specimens.situations.catalogue import SITUATIONS
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.marks.stamps import cancelling_stamp
from tasks.reading.read_file import read_file


@pytest.mark.engine
@pytest.mark.parametrize("seed", [11, 12])
def test_a_cancelled_page_is_seen_and_the_others_of_its_book_are_not_blamed(seed):
    (application,) = each_application([SITUATIONS["cancelled_page"]], seed, "scan")
    found = {}
    for file, data in application.files.items():
        for paper in read_file(file, data):
            if paper.reading.kind is DocumentKind.HUKOU_MEMBER:
                found[file] = Reason.HUKOU_PAGE_CANCELLED in {
                    f.code for f in paper.reading.findings
                }
    assert sorted(found.values()) == [False] * (len(found) - 1) + [True]


def page_with(stamp, ink):
    """A page of small print with a large word across it, and the print's places."""
    board = Image.new("RGB", (760, 540), (238, 236, 228))
    pen = ImageDraw.Draw(board)
    quads = []
    for row in range(14):
        x, y = 40, 30 + 36 * row
        pen.text((x, y), "文化程度初中婚姻状况未婚兵役状况", fill=(60, 60, 60), font=font(16))
        quads.append(((x, y), (x + 256, y), (x + 256, y + 22), (x, y + 22)))
    if stamp:
        pen.text((330, 220), stamp, fill=ink, font=font(84))
    return np.ascontiguousarray(np.asarray(board)[:, :, ::-1]), tuple(quads)


def font(pixels):
    return load(installed("hei", "tuning")[0], pixels)


@pytest.mark.engine
@pytest.mark.parametrize("ink", [(200, 40, 50), (50, 50, 55)], ids=["red", "black"])
@pytest.mark.parametrize("word", ["注销", "迁出"])
def test_a_stamp_is_seen_in_red_and_in_the_colour_of_the_print(word, ink):
    image, quads = page_with(word, ink)
    found = cancelling_stamp(image, quads, this_process_readers().text)
    assert found is not None
    assert found.code is Reason.HUKOU_PAGE_CANCELLED


@pytest.mark.engine
def test_a_page_without_a_stamp_and_one_with_another_large_word_are_not_blamed():
    reader = this_process_readers().text
    for word, ink in (("", None), ("户口", (200, 40, 50))):
        image, quads = page_with(word, ink)
        assert cancelling_stamp(image, quads, reader) is None
