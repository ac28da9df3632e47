"""Notes of change and divorce certificates."""

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from tasks.reading.marks.page_marks import change_note, divorce_note
from tests.tasks.reading.marks.drawn_lines import line_at, prose_of

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


def test_a_divorce_certificate_is_told_and_a_marital_status_is_not():
    told = divorce_note(prose_of(line_at(10, 20, "离婚证"), line_at(40, 20, "持证人沈建国")))
    assert told is not None
    assert (told.code, told.verdict) == (Reason.CHANGE_NOT_VERIFIED, CheckVerdict.CANNOT_TELL)
    assert divorce_note(prose_of(line_at(10, 20, "结婚证"), line_at(40, 20, "沈建国"))) is None
    assert divorce_note(prose_of(line_at(10, 20, "婚姻状况"), line_at(10, 90, "离婚"))) is None
