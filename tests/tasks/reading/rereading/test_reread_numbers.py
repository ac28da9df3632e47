"""A number that failed its check is looked at again, and never turned into a valid one by luck."""

import datetime as dt

import numpy as np
import pytest

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.weigh_fields import weigh_fields
from tasks.reading.confidence.witnesses import NUMBER_REREAD_ALIKE, NUMBER_REREAD_ONCE
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, Recognised
from tasks.reading.rereading.reread_numbers import reread_numbers

TODAY = dt.date(2026, 11, 20)
QUAD = ((10.0, 10.0), (390.0, 10.0), (390.0, 40.0), (10.0, 40.0))
VALID, FORGED, OTHER = "11010519491231002X", "11010519491231802X", "110105194912310038"


class Looks:
    """A reader that sees one text after the other, and the last one from then on."""

    name, trust = "looks", 1.0

    def __init__(self, *texts):
        self._texts = list(texts)
        self.asked = 0

    def locate(self, image, *, long_side=0):
        return ()

    def emissions(self, crop):
        return None

    def lines(self, image):
        return ()

    def recognise(self, crops):
        self.asked += 1
        text = self._texts.pop(0) if len(self._texts) > 1 else self._texts[0]
        return (Recognised(tuple(Glyph(c, 0.97, 0.5) for c in text)),)


def again(confidence, *texts):
    reader = Looks(*texts)
    page_lines = PageLines(np.full((60, 400, 3), 255, np.uint8), (QUAD,), reader)
    field = FieldReading(value=FORGED, raw=FORGED, confidence=confidence, quad=QUAD)
    return reread_numbers(page_lines, {"id_number": field}, today=TODAY)["id_number"], reader.asked


def test_a_forged_number_that_was_plainly_read_stays_what_it_is():
    field, asked = again(0.97, VALID)
    assert (field.value, asked) == (FORGED, 0)


def test_two_looks_that_see_the_same_valid_number_are_believed_within_limits():
    field, _ = again(0.8, "1101051949", VALID)
    assert (field.value, field.confidence) == (VALID, NUMBER_REREAD_ALIKE)


def test_one_look_alone_is_hardly_believed():
    field, _ = again(0.8, FORGED, VALID, FORGED)
    assert (field.value, field.confidence) == (VALID, NUMBER_REREAD_ONCE)


def test_looks_that_see_different_valid_numbers_settle_nothing():
    field, _ = again(0.8, VALID, OTHER, FORGED)
    assert field.value == FORGED


@pytest.mark.parametrize(("second", "least", "most"), [(VALID, 0.95, 1.0), (OTHER, 0.0, 0.5)])
def test_birth_date_and_sex_do_not_carry_a_number_that_one_look_saw(second, least, most):
    fields = {
        "id_number": FieldReading(value=VALID, raw=VALID, confidence=NUMBER_REREAD_ONCE, quad=QUAD),
        "birth_date": FieldReading(value="1949-12-31", confidence=0.99),
        "sex": FieldReading(value="女", confidence=0.99),
    }
    judged = weigh_fields(DocumentKind.ID_CARD_PORTRAIT, fields, lambda _: second, today=TODAY)
    assert least <= judged["id_number"].confidence <= most
