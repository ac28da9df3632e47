"""A seal that names a station bears it out, and no station that looks like it."""

import numpy as np
import pytest

from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from specimens.dice import Dice
from specimens.printing.printed_seals import round_seal
from specimens.printing.typefaces import installed
from tasks.reading.confidence.stated_values import station_answer
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.files.picture import ScaledPage
from tasks.reading.image.geometry import turn_quad
from tasks.reading.likelihood.emissions import Alphabet, LineEmissions
from tasks.reading.stated_values.compare_seals import AskedSeal, compare_seals, weigh_station

SHOWN = "清波派出所"
OTHERS = ("清泉派出所", "波清派出所", "滨河派出所", "城关派出所", "清波桥派出所")
LETTERS = ("", *"清波泉彼派出所局")


def rim(*letters):
    """What the recogniser saw along a rim; of two letters in one place the first is likelier."""
    frames = np.full((2 * len(letters) + 1, len(LETTERS)), 1e-6, np.float32)
    frames[::2, 0] = 1.0
    for frame, seen in zip(frames[1::2], letters, strict=True):
        for letter, share in zip(seen, (0.6, 0.3), strict=False):
            frame[LETTERS.index(letter)] = share
    return LineEmissions(frames, Alphabet(LETTERS))


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (("局", "清", "波", "派", "出", "所"), "borne_out"),
        (("局", "清", "彼波", "派", "出", "所"), "borne_out"),
        (("局", "清", "泉", "派", "出", "所"), "cannot_tell"),
        (("局", "清", "派", "出", "所"), "cannot_tell"),
        (("局", "派", "出", "所"), "cannot_tell"),
    ],
)
def test_a_letter_may_be_the_second_likeliest_but_not_another(seen, expected):
    assert station_answer(weigh_station(rim(*seen), SHOWN)) == expected


@pytest.mark.engine
@pytest.mark.parametrize("turn", [0, 90])
def test_a_worn_seal_is_asked_whichever_way_its_page_lies(turn):
    image = np.full((1100, 1500, 3), (228, 236, 240), np.uint8)
    face = installed("song", "tuning")[0]
    ink = round_seal("临泉县公安局清波派出所", "户口专用章", face, 400, Dice(7, "seal"), flat=0.8)
    part = image[600 : 600 + ink.shape[0], 500 : 500 + ink.shape[1]]
    part[:] = part * (1 - ink[..., None]) + np.array((55, 50, 205)) * ink[..., None]
    rows = [((80, y), (1400, y), (1400, y + 40), (80, y + 40)) for y in (80, 1000)]
    lying = np.asarray(np.rot90(image, turn // 90).copy(), np.uint8)  # as photographed
    back = [turn_quad(quad, (360 - turn) % 360, (1500, 1100)) for quad in rows]
    paper = DocumentReading(
        file="page.jpg",
        digest="0" * 64,
        kind=DocumentKind.HUKOU_MEMBER,
        kind_confidence=0.99,
        quality=Quality(blur=0.1, glare=0.0, glyph_height_px=24, corners_visible=4, rotation=turn),
        fields={
            name: FieldReading(value="某", confidence=0.99, quad=quad)
            for name, quad in zip(("name", "registrar"), back, strict=True)
        },
    )
    page = ScaledPage(lying, (lying.shape[1], lying.shape[0]))
    asked = AskedSeal(paper, (SHOWN, *OTHERS))
    margins = compare_seals(asked, page, this_process_readers().text)
    own, *others = (margin and station_answer(margin) for margin in margins)
    assert own == "borne_out"
    assert set(others) == {"cannot_tell"}


@pytest.mark.engine
def test_a_page_without_a_seal_answers_nothing():
    paper = DocumentReading(
        file="page.jpg", digest="0" * 64, kind=DocumentKind.HUKOU_MEMBER, kind_confidence=0.99
    )
    page = ScaledPage(np.full((600, 800, 3), 230, np.uint8), (800, 600))
    assert compare_seals(AskedSeal(paper, (SHOWN,)), page, this_process_readers().text) == (None,)
