"""The code beside a birth certificate's number."""

import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.reading.document import FieldReading
from specimens.printing.codes import print_code
from specimens.printing.print_sheet import BLACK, PrintSheet
from tasks.reading.marks.barcode import coded_number, compare_code

SCALE = 8.0
NUMBER = "X320012345"


def sheet_of_paper() -> PrintSheet:
    return PrintSheet(210.0, 80.0, SCALE, (250, 250, 246))


@pytest.mark.parametrize("form", ["bars", "square"])
def test_a_code_at_the_foot_is_read(form):
    page_lines = sheet_of_paper()
    print_code(page_lines, 120, 50, NUMBER, form)
    assert coded_number(page_lines.finish()) == NUMBER


def test_strips_that_are_no_code_and_two_codes_decide_nothing():
    page_lines = sheet_of_paper()
    for i in range(40):
        page_lines.line(100 + i, 50, 100 + i, 58, BLACK, 0.2 + 0.1 * (i % 3))
    assert coded_number(page_lines.finish()) is None
    print_code(page_lines, 20, 50, NUMBER, "square")
    print_code(page_lines, 60, 50, "X320099999", "square")
    assert coded_number(page_lines.finish()) is None


def test_a_code_confirms_the_print_or_puts_it_before_a_person():
    printed = FieldReading(value=NUMBER, raw=NUMBER, confidence=0.85)
    agreed, nothing = compare_code(printed, NUMBER)
    assert (agreed.value, agreed.confidence >= 0.95, nothing) == (NUMBER, True, ())
    doubted, (told,) = compare_code(printed, "X320012346")
    assert (doubted.value, doubted.second) == (NUMBER, "X320012346")
    assert doubted.confidence <= 0.5
    assert (told.code, told.verdict) == (
        Reason.CERTIFICATE_CONTRADICTS_ITSELF,
        CheckVerdict.CANNOT_TELL,
    )


def test_a_code_never_fills_in_a_number_that_was_not_read():
    field, findings = compare_code(FieldReading(value=None, confidence=0.2), NUMBER)
    assert (field.value, field.second, findings) == (None, NUMBER, ())
