import datetime as dt

import pytest

from models.reviews.review_work import Correction
from tasks.reviewing.apply_corrections import normalise_correction, with_corrections
from tests.tasks.checks.dossiers import CHILD, FATHER, page


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", " 买买提•艾力 ", "买买提·艾力"),
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("birth_date", "2019-05-06", "2019-05-06"),
        ("birth_time", "2019-05-06 03:31", "2019-05-06T03:31"),
        ("sex", "女", "女"),
        ("household_number", "33 0102 001234", "330102001234"),
        ("relation_to_householder", "长女", "长女"),
        ("name", "  ", None),
    ],
)
def test_a_typed_value_takes_the_form_that_readings_have(field, typed, kept):
    assert normalise_correction(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [("id_number", "1101"), ("sex", "F"), ("birth_date", "2019年"), ("address", "路" * 200)],
)
def test_what_cannot_be_a_value_of_the_field_is_refused(field, typed):
    with pytest.raises(ValueError):
        normalise_correction(field, typed)


def test_a_correction_reaches_its_field_alone_and_leaves_the_reading_as_it_was():
    readings = (page(FATHER, "户主"), page(CHILD, "长女", name="沈雨侗"))
    made = Correction(
        round_id="r",
        paper=1,
        field="name",
        value=CHILD.name,
        staff="lin",
        made_at=dt.datetime.now(dt.UTC),
    )
    seen = with_corrections(readings, {(1, "name"): made})
    assert seen[0] is readings[0]
    assert (seen[1].value("name"), seen[1].confidence("name")) == (CHILD.name, 1.0)
    assert seen[1].fields["name"].raw == readings[1].value("name") == "沈雨侗"
    others = set(seen[1].fields) - {"name"}
    assert all(seen[1].fields[name] == readings[1].fields[name] for name in others)
