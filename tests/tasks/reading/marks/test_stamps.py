"""Stamps that end a registration card."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.checks.reason import Reason
from models.reading.document import DocumentKind
from specimens.applications.invented_application import each_application
from specimens.printing.typefaces import installed, load
from specimens.situations.catalogue import SITUATIONS
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.layout.split_labels import SplitText
from tasks.reading.marks.stamps import cancelling_stamp, without_seal_text
from tasks.reading.read_file import read_file


@pytest.mark.engine
def test_a_cancelled_page_is_seen_and_the_others_of_its_book_are_not_blamed():
    (application,) = each_application([SITUATIONS["cancelled_page"]], 11, "scan")
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


SEAL, FAINT = (200, 40, 50), (150, 150, 155)


def line_under_a_seal(text, ink):
    """A line of print on paper with strokes of a seal over its left half, as a reader gets it."""
    board = Image.new("RGB", (360, 60), (236, 238, 232))
    pen = ImageDraw.Draw(board)
    pen.text((10, 8), text, fill=ink, font=font(44))
    for x in range(15, 190, 40):
        pen.line(((x, 2), (x + 26, 58)), fill=SEAL, width=7)
    quad = ((0.0, 0.0), (360.0, 0.0), (360.0, 60.0), (0.0, 60.0))
    glyphs = tuple(Glyph(c, 0.99, (i + 0.5) / len(text)) for i, c in enumerate(text))
    image = np.ascontiguousarray(np.asarray(board)[:, :, ::-1])
    return image, TextSpan(glyphs, quad, Box(0.0, 360.0, 30.0, 60.0), 0)


@pytest.mark.engine
@pytest.mark.parametrize(("ink", "kept"), [(FAINT, True), ((40, 40, 45), True), (SEAL, False)])
def test_print_under_a_seal_is_kept_however_faint_and_the_seal_s_own_words_are_not(ink, kept):
    image, value = line_under_a_seal("榕江县妇产医院", ink)
    page_lines = cast(PageLines, SimpleNamespace(tint=1, image=image))
    left = without_seal_text(page_lines, SplitText((), (value,)))
    assert left.values == ((value,) if kept else ())
