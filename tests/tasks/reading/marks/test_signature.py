"""Whether a letter bears ink of a hand where its signature belongs."""

from specimens.dice import Dice
from specimens.printing.handwriting import invent_hand, write_by_hand
from specimens.printing.print_sheet import BLACK
from tasks.reading.kinds.commitment_letter import SIGN_LABEL
from tasks.reading.marks.signature import read_signature
from tests.tasks.reading.marks.drawn_lines import line_at, pen, prose_of, sheet_of_paper


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


def test_a_name_far_right_of_the_place_and_above_its_line_is_put_before_a_person():
    assert signed(hand_at(120, 40), line_at(120, 40, "沈建因", 7.0)) == (None, False)


def test_another_label_on_the_row_is_no_name():
    assert signed(lambda page_lines: None, line_at(120, 45, "日期：")) == ("false", True)


def test_a_letter_without_a_place_to_sign_says_nothing():
    image = sheet_of_paper().finish()
    field = read_signature(image, prose_of(line_at(20, 15, "本人承诺所填信息真实")), SIGN_LABEL)
    assert (field.value, field.confidence) == (None, 0.0)
