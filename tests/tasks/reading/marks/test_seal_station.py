"""The police station that a page's seal names."""

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind, FieldReading
from specimens.dice import Dice
from specimens.printing.printed_seals import round_seal
from specimens.printing.typefaces import installed
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.engines.text_lines import Glyph, Recognised
from tasks.reading.marks.round_seal import find_rims
from tasks.reading.marks.seal_station import (
    names_no_station,
    seal_station,
    station_named,
    station_read_as_one,
)

NUMBERED = {"household_number": FieldReading(value="04311", confidence=0.9)}


def strip(text, confidence=0.99, lost=()):
    """The letters of a rim; a lost one leaves its place empty, and ~ before one makes it unsure."""
    glyphs, place = [], 0
    for i, letter in enumerate(text):
        if letter == "~":
            continue
        place += 1
        doubt = i and text[i - 1] == "~"
        if letter not in lost:
            glyphs.append(Glyph(letter, 0.6 if doubt else confidence, place / 20))
    return Recognised(tuple(glyphs))


SURE = 0.99


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        pytest.param("县公安局清波派出所", "县公安局清波派出所", ("清波", SURE), id="alike"),
        pytest.param("公安局清波派出", "安局清波派出盾", ("清波", SURE), id="ending misread"),
        pytest.param(
            "公安分局北环路派出所", "分局北环路低出所", ("北环路", SURE), id="three letters"
        ),
        pytest.param("县公安局清波派出所", "公安局清~波派出所", ("清波", 0.8), id="one unsure"),
        pytest.param(
            "县公安局清波派出所", "县公安局清彼派出所", ("清波", 0.8), id="read otherwise"
        ),
        pytest.param("县公安局清波派出所", "户口专用章", ("清波", 0.8), id="read once"),
        pytest.param("上城区清波派出所", "上城区清波派出所", ("清波", SURE), id="no office"),
        pytest.param("局上城分局清波派出所", "分局清波派出所", ("清波", SURE), id="two offices"),
        pytest.param("公安高清波派出所", "公安局清波派出所", ("清波", SURE), id="office misread"),
        pytest.param("分周清波派出所", "分局清波派出所", ("清波", SURE), id="branch misread"),
        pytest.param("公安局清波最出厦", "局清波派出所", ("清波", SURE), id="ending two misread"),
        pytest.param("公高高清波派出所", "户口专用章", None, id="no office in sight"),
        pytest.param("县公安局清波", "县公安局清波", None, id="no ending"),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_a_station_is_sure_where_two_strips_read_alike(one, other, named):
    assert station_named((strip(one), strip(other))) == named


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("甘肃省公安厅", True),
        ("甘肃省公~安厅", False),
        ("县公安局清波派出所", False),
        ("甘肃省公", False),
        ("", False),
    ],
)
def test_a_province_s_seal_that_is_plainly_read_is_not_cut_again(text, none):
    assert names_no_station(strip(text)) is none


def test_a_name_of_which_a_letter_was_lost_is_none():
    lost = strip("公安局北环路派出所", lost=("路",))
    assert lost.text == "公安局北环派出所"
    assert station_named((lost, lost)) is None


@pytest.mark.parametrize("lost", ["派", "局", "所"])
def test_a_letter_lost_beside_the_name_leaves_its_place(lost):
    read = strip("公安局北环路派出所", lost=(lost,))
    assert station_named((read, read)) == ("北环路", SURE)


@pytest.mark.parametrize(
    ("confidence", "named"),
    [(0.8, ("清波", SURE)), (0.79, ("清波", 0.79)), (0.49, None)],
)
def test_strips_read_as_one_are_sure_where_every_letter_is(confidence, named):
    assert station_read_as_one(strip("公安局清波派出所", confidence)) == named


@pytest.fixture(scope="module")
def sealed():
    """A cover of grey print with two oval, worn seals: the province's, and one turned a little."""
    image = np.full((1100, 1500, 3), (228, 236, 240), np.uint8)
    face = installed("song", "tuning")[0]
    for name, left in (("安徽省公安厅", 60), ("临泉县公安局城关派出所", 500)):
        ink = round_seal(name, "户口专用章", face, 400, Dice(7, "seal"), flat=0.75)
        high, wide = ink.shape
        part = image[600 : 600 + high, left : left + wide]
        part[:] = part * (1 - ink[..., None]) + np.array((55, 50, 205)) * ink[..., None]
    for y in range(60, 1060, 90):
        image[y : y + 4, 60:1440] = (110, 70, 60)
    quads = tuple(((80, y), (1400, y), (1400, y + 40), (80, y + 40)) for y in range(80, 1040, 90))
    return PageLines(image, quads, this_process_readers().text)


@pytest.mark.engine
def test_the_station_is_read_along_the_rim_of_an_oval_seal_beside_the_province_s(sealed):
    read = this_process_readers().text
    found = seal_station(sealed, DocumentKind.HUKOU_MEMBER, {}, read)["station"]
    assert found.value == "城关派出所"
    assert found.confidence > 0.9
    assert found.quad is not None
    assert found.quad[0][0] < 700 < found.quad[1][0]
    assert seal_station(sealed, DocumentKind.BIRTH_CERTIFICATE, {}, read) == {}
    assert seal_station(sealed, DocumentKind.HUKOU_MEMBER, NUMBERED, read) == {}
    assert seal_station(sealed, DocumentKind.HUKOU_COVER, NUMBERED, read)["station"] == found


def test_red_print_and_a_square_stamp_have_no_rim():
    page = np.full((540, 760, 3), 235, np.uint8)
    page[100:112, 60:400] = page[300:400, 500:505] = page[300:400, 595:600] = (40, 40, 200)
    page[300:305, 500:600] = page[395:400, 500:600] = (40, 40, 200)
    quads = tuple(((60, y), (700, y), (700, y + 20), (60, y + 20)) for y in range(40, 500, 40))
    assert find_rims(page, quads) == ()
    assert find_rims(np.full_like(page, 235), ()) == ()


def test_a_rim_is_found_among_the_thick_lines_of_a_reddish_form_that_lies_askew():
    page = np.full((540, 760, 3), 235, np.uint8)
    red, brown = (60, 60, 200), (60, 70, 150)
    for y in range(60, 460, 55):
        cv2.line(page, (60, y), (700, y + 64), brown, 4)
    for x in range(80, 700, 150):
        cv2.line(page, (x, 60 + x // 9), (x - 38, 440 + x // 9), brown, 4)
    cv2.circle(page, (430, 300), 60, red, 6)
    quads = tuple(((60, y), (700, y), (700, y + 20), (60, y + 20)) for y in range(40, 500, 40))
    rims = find_rims(page, quads)
    assert [pytest.approx(rim.centre, abs=3) for rim in rims] == [(430, 300)]
    assert rims[0].axes == pytest.approx((122, 122), abs=5)
