"""Signatures, codes, notes of change and a hand's writing, on drawn pages without an engine."""

import cv2
import numpy as np
import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.reading.document import FieldReading
from specimens.dice import Dice
from specimens.printing.codes import print_code
from specimens.printing.handwriting import invent_hand, write_by_hand
from specimens.printing.print_sheet import BLACK, Pen, PrintSheet
from specimens.printing.typefaces import installed
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine, to_span
from tasks.reading.image.geometry import level_matrix
from tasks.reading.kinds.commitment_letter import SIGN_LABEL
from tasks.reading.layout.prose import to_prose
from tasks.reading.marks.barcode import coded_number, compare_code
from tasks.reading.marks.handwriting import is_by_hand
from tasks.reading.marks.page_marks import change_note, divorce_note
from tasks.reading.marks.signature import read_signature

SCALE = 8.0
NUMBER = "X320012345"


def sheet_of_paper() -> PrintSheet:
    return PrintSheet(210.0, 80.0, SCALE, (250, 250, 246))


def pen(role="song", size=4.6) -> Pen:
    return Pen(installed(role, "tuning")[0], size)


def line_at(x, y, text, size=4.6) -> TextLine:
    """The line as a finder frames it: a little higher than its characters."""
    width = size * len(text) * SCALE
    left, top, bottom = x * SCALE, (y - 0.7 * size) * SCALE, (y + 0.7 * size) * SCALE
    glyphs = tuple(Glyph(c, 0.99, (i + 0.5) / len(text)) for i, c in enumerate(text))
    quad = ((left, top), (left + width, top), (left + width, bottom), (left, bottom))
    return TextLine(quad, Recognised(glyphs))


def prose_of(*lines):
    matrix = level_matrix(tuple(line.quad for line in lines), (1680, 640))
    return to_prose(to_span(line, matrix, i) for i, line in enumerate(lines))


def signed(mark, *more):
    """The field of a letter whose place to sign shows what `mark` draws there."""
    page_lines = sheet_of_paper()
    for x, y, text in ((20, 15, "本人承诺所填信息真实有效材料完整"), (20, 45, "承诺人：")):
        page_lines.write(x, y, text, pen())
    mark(page_lines)
    lines = [line_at(20, 15, "本人承诺所填信息真实有效材料完整"), line_at(20, 45, "承诺人：")]
    field = read_signature(page_lines.finish(), prose_of(*lines, *more), SIGN_LABEL)
    return field.value, field.confidence >= 0.8


def hand_at(x, y, text="沈建国", size=7.0):
    dice = Dice(5, "hand")
    return lambda page_lines: write_by_hand(
        page_lines, x, y, text, invent_hand("tuning", dice), size, dice.fork("writing")
    )


def test_a_name_by_hand_in_its_place_is_a_signature():
    assert signed(hand_at(42, 44)) == ("true", True)


def test_an_empty_place_is_surely_unsigned():
    assert signed(lambda page_lines: None) == ("false", True)


def test_a_rule_to_sign_on_is_no_signature():
    assert signed(lambda page_lines: page_lines.line(40, 49, 90, 49, BLACK, 0.2)) == ("false", True)


def test_a_typed_name_is_put_before_a_person():
    assert signed(lambda page_lines: page_lines.write(40, 45, "沈建国", pen())) == ("false", False)


def test_a_name_below_the_place_is_put_before_a_person():
    assert signed(hand_at(30, 65), line_at(30, 65, "沈建国", 7.0)) == (None, False)


def test_a_letter_without_a_place_to_sign_says_nothing():
    image = sheet_of_paper().finish()
    field = read_signature(image, prose_of(line_at(20, 15, "本人承诺所填信息真实")), SIGN_LABEL)
    assert (field.value, field.confidence) == (None, 0.0)


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


HEAD = (
    line_at(60, 10, "登记事项变更和更正记载"), line_at(10, 20, "项目"),
    line_at(40, 20, "变更、更正后的内容"), line_at(100, 20, "变更、更正日期"),
)  # fmt: skip


def test_a_blank_page_of_changes_says_nothing():
    assert change_note(prose_of(*HEAD).spans) is None
    assert change_note(prose_of(*HEAD, line_at(90, 60, "城关派出所户口专用章")).spans) is None


def test_an_entry_on_the_page_of_changes_is_put_before_a_person():
    entry = line_at(10, 30, "婚姻状况"), line_at(40, 30, "已婚"), line_at(100, 30, "2019年3月1日")
    told = change_note(prose_of(*HEAD, *entry).spans)
    assert told is not None
    assert (told.code, told.verdict) == (Reason.CHANGE_NOT_VERIFIED, CheckVerdict.CANNOT_TELL)


def test_a_registration_card_is_no_page_of_changes():
    assert change_note(prose_of(line_at(10, 20, "姓名"), line_at(40, 20, "沈建国")).spans) is None


NUMERALS = "330102198803122211"


@pytest.mark.parametrize("role", ["song", "hei", "kai", "fang", "number"])
def test_printed_figures_are_nobody_s_hand(role):
    page_lines = sheet_of_paper()
    end = page_lines.write(20, 30, NUMERALS, pen(role))
    image = cv2.GaussianBlur(page_lines.finish(), (0, 0), 1.2)
    assert not is_by_hand(np.asarray(image, np.uint8), [framed(20, end, 30, NUMERALS)])


def test_old_style_figures_are_print_though_some_hang_below_the_line():
    page_lines, x, line = sheet_of_paper(), 20.0, pen()
    for digit in NUMERALS:
        x = page_lines.write(x, 30 + (1.2 if digit in "34579" else 0.0), digit, line)
    image = cv2.GaussianBlur(page_lines.finish(), (0, 0), 1.2)
    assert not is_by_hand(np.asarray(image, np.uint8), [framed(20, x, 30, NUMERALS)])


def test_figures_by_hand_are_seen_in_most_hands():
    seen = 0
    for seed in range(12):
        page_lines, dice = sheet_of_paper(), Dice(seed, "figures")
        hand = invent_hand("tuning", dice)
        end = write_by_hand(page_lines, 20, 30, NUMERALS, hand, 4.6, dice.fork("writing"))
        seen += is_by_hand(page_lines.finish(), [framed(20, end, 30, NUMERALS)])
    assert seen >= 9


def framed(start, end, y, text, size=4.6) -> TextLine:
    line = line_at(start, y, text, size)
    (left, top), _, (_, bottom), _ = line.quad
    right = end * SCALE
    return TextLine(((left, top), (right, top), (right, bottom), (left, bottom)), line.recognised)


def test_a_page_without_long_numbers_is_taken_for_printed():
    assert not is_by_hand(sheet_of_paper().finish(), [line_at(20, 30, "沈建国")])


def test_a_divorce_certificate_is_told_and_a_marital_status_is_not():
    told = divorce_note(prose_of(line_at(10, 20, "离婚证"), line_at(40, 20, "持证人沈建国")))
    assert told is not None
    assert (told.code, told.verdict) == (Reason.CHANGE_NOT_VERIFIED, CheckVerdict.CANNOT_TELL)
    assert divorce_note(prose_of(line_at(10, 20, "结婚证"), line_at(40, 20, "沈建国"))) is None
    assert divorce_note(prose_of(line_at(10, 20, "婚姻状况"), line_at(10, 90, "离婚"))) is None
