"""Which stated values are held against which fields, on a printed page."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.reading.document import DocumentKind as K
from models.reading.stated_value import StatedAnswer
from specimens.dice import Dice
from specimens.printing.typefaces import load, pick_typeface
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.stated_values.compare_papers import compare_papers
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    STRANGER,
    application,
    dossier,
    field,
    reading,
)

ROWS = ("家庭住址 某某市某某区某某路十二号", "证件号码 {number} 177", "签发日期 2019年2月1日")


def page_with(number):
    """A page of a few lines, one of them with a number."""
    face = load(pick_typeface(("song",), "tuning", Dice(1, "page")), 26)
    image = Image.new("RGB", (760, 300), (240, 240, 236))
    draw = ImageDraw.Draw(image)
    for i, row in enumerate(ROWS):
        draw.text((30, 40 + 80 * i), row.format(number=number), (40, 40, 44), font=face)
    return cv2.imencode(".png", np.asarray(image)[:, :, ::-1])[1].tobytes()


def compared(shown, *papers):
    form = dossier(application(FATHER, CHILD, "child"), *papers).application
    found = compare_papers(
        form,
        papers,
        is_unsure=lambda paper, name: paper.fields[name].confidence < 0.9,
        fetch=lambda digest: page_with(shown),
        reader=this_process_readers().text,
    )
    return {(c.field, c.person): c.answer for c in found}


def certificate(**fields):
    lost = field(None, 0.2)
    unread = {"mother_id_number": lost, "father_id_number": lost, "newborn_name": field("某某")}
    return reading(K.BIRTH_CERTIFICATE, "birth.jpg", unread | fields)


@pytest.mark.parametrize("shown", [FATHER, MOTHER, STRANGER])
def test_a_number_without_a_place_is_found_where_it_stands_and_is_its_owner_s(shown):
    expected = {("father_id_number", "applicant"): StatedAnswer.BORNE_OUT}
    assert compared(shown.number, certificate()) == (expected if shown is FATHER else {})


def test_on_a_page_of_several_papers_nothing_is_searched():
    other = certificate().model_copy(update={"part": 2})
    assert compared(FATHER.number, certificate(), other) == {}
