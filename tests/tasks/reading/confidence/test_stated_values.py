import pytest

from models.reading.stated_value import StatedAnswer
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import StatedMargin, stated_answer

BORNE_OUT, NEARLY, CANNOT_TELL, CONTRADICTED = (
    StatedAnswer.BORNE_OUT,
    StatedAnswer.NEARLY,
    StatedAnswer.CANNOT_TELL,
    StatedAnswer.CONTRADICTED,
)


@pytest.mark.parametrize(
    ("sort", "over_rivals", "over_look_alikes", "under_best", "answer"),
    [
        (FieldSort.DATE, 2.0, 2.0, 0.0, BORNE_OUT),
        (FieldSort.DATE, 1.9, 1.9, 0.0, CANNOT_TELL),
        (FieldSort.DATE, -1.9, -1.9, 1.9, CANNOT_TELL),
        (FieldSort.DATE, -2.0, -2.0, 2.0, CONTRADICTED),
        (FieldSort.DATE, 2.0, 2.0, 12.1, CONTRADICTED),
        (FieldSort.DATE, 2.0, 2.0, 12.0, BORNE_OUT),
        (FieldSort.NAME, 1.0, -9.0, 0.0, BORNE_OUT),
        (FieldSort.NAME, -3.5, 1.0, 3.5, NEARLY),
        (FieldSort.NAME, -3.5, 0.9, 3.5, CANNOT_TELL),
        (FieldSort.NAME, -3.6, 1.0, 3.6, CONTRADICTED),
        (FieldSort.ID_NUMBER, -1.0, 9.0, 1.0, CANNOT_TELL),
    ],
)
def test_what_a_margin_says_at_its_bounds(sort, over_rivals, over_look_alikes, under_best, answer):
    margin = StatedMargin(over_rivals, over_look_alikes, under_best)
    assert stated_answer(sort, margin) is answer
