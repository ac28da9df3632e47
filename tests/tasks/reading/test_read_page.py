"""One page through the real engines: what is a photograph of a person, and which way is up."""

import datetime as dt

import cv2
import pytest

from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import draw_paper
from specimens.dice import Dice
from specimens.printing.paper import Bench
from tasks.reading.engines.page_lines import open_page_lines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.files.picture import ScaledPage
from tasks.reading.read_file import read_file
from tasks.reading.read_page import read_page

pytestmark = pytest.mark.engine
CAMERA = ("REDMI NOTE 9 PRO AI QUAD CAMERA", "2026-11-20 09:12:33")
PASSPORT = ("Name LIN XIAO MEI", "Nationality CHN Sex F", "Date of birth 12 MAR 1990", "P<CHNLIN<<")


def kind_of(lines, places):
    """The kind of a selfie with lines of text from these shares of its height on."""
    bench = Bench(Dice(3, "stamped selfie"), "tuning", 1.0)
    image = any_paper(DocumentKind.SELFIE, bench).image.copy()
    height, width = image.shape[:2]
    for place in places:
        for i, text in enumerate(lines):
            at = (round(width * 0.04), round(height * place) + i * round(height * 0.04))
            cv2.putText(image, text, at, cv2.FONT_HERSHEY_SIMPLEX, width / 900, (255, 255, 255), 2)
    done, data = cv2.imencode(".jpg", image)
    assert done
    (read,) = read_file("selfie.jpg", data.tobytes())
    return read.reading.kind


@pytest.mark.parametrize("places", [[0.88], [0.1, 0.6, 0.8]])
def test_a_cameras_stamp_leaves_a_selfie_a_selfie_wherever_it_stands(places):
    assert kind_of(CAMERA, places) is DocumentKind.SELFIE


def test_a_face_beside_the_text_of_another_paper_is_no_selfie():
    assert kind_of(PASSPORT, [0.7]) is DocumentKind.OTHER


@pytest.mark.parametrize(
    "kind", [DocumentKind.ID_CARD_PORTRAIT, DocumentKind.HUKOU_MEMBER, DocumentKind.HUKOU_COVER]
)
def test_a_page_that_was_taken_for_upside_down_is_turned_over_and_read(kind):
    drawn, readers = draw_paper(kind, 41, "phone"), this_process_readers()
    height, width = drawn.image.shape[:2]
    page = ScaledPage(drawn.image, (width, height))
    upright = open_page_lines(drawn.image, readers.text)
    today = dt.date(2026, 11, 20)
    right = read_page(page, readers, today=today, page_lines=upright)
    mistaken = read_page(page, readers, today=today, page_lines=upright.turned(180))
    assert mistaken.guess.kind is right.guess.kind is kind
    assert mistaken.quality.rotation == right.quality.rotation
    assert {n: f.value for n, f in mistaken.fields.items()} == {
        n: f.value for n, f in right.fields.items()
    }
