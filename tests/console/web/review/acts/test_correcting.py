"""Fields as people read them: kept beside the reading, refused where they cannot be."""

import re

from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.kinship.claim import KinshipAnswer
from tasks.reviewing.corrections.recheck import recheck
from tasks.rounds.round_results import load_readings
from tests.console.conftest import MISREAD
from tests.review_steps import tags
from tests.tasks.checks.dossiers import CHILD

CHILD_PAGE = 2


def test_a_correction_stands_beside_the_reading_and_turns_the_checks(held, repositories, review_of):
    browser, case = held("lin", "A-MISREAD")
    before = browser.get(case).text
    assert "X01" in before or "Q05" in before
    data = {"paper": CHILD_PAGE, "field": "name", "value": f" {CHILD.name} "}
    after = browser.post(f"{case}/corrections", data).text
    assert "没有未通过的检查" in re.sub(r"<li class=\"passed info\">.*?</li>", "", after) or (
        "更正后：通过" in re.sub(r"\s+", "", after)
    )
    assert MISREAD in after
    round_id = repositories.reviews.get(review_of("A-MISREAD")).round_id
    assert load_readings(repositories, round_id).papers[CHILD_PAGE].value("name") == MISREAD
    (kept,) = repositories.corrections.all_of(round_id)
    assert (kept.value, kept.staff) == (CHILD.name, "lin")
    corrections = repositories.corrections.in_force(round_id)
    again = recheck(repositories, repositories.cases.get(round_id), corrections)
    assert again.decision.outcome is Outcome.APPROVED
    assert again.report.kinship.answer is KinshipAnswer.PROVEN
    assert CHILD.name not in str([e.details for e in repositories.audit.events("A-MISREAD")])


def test_a_correction_that_cannot_be_is_refused(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    rows = [
        ("birth_date", "2019-13-01", 422),
        ("sex", "X", 422),
        ("id_number", "12", 422),
        ("no_such_field", "x", 404),
        ("name", "甲" * 201, 422),
    ]
    for field, value, status in rows:
        data = {"paper": CHILD_PAGE, "field": field, "value": value}
        assert browser.post(f"{case}/corrections", data).status_code == status, field
    assert EventTag.FIELD_CORRECTED not in tags(repositories, "A-MISREAD")


def test_a_refused_correction_keeps_what_was_typed_and_says_what_is_wrong(held):
    browser, case = held("lin", "A-MISREAD")
    data = {"paper": CHILD_PAGE, "field": "birth_date", "value": "2019年13月6日"}
    answer = browser.post(f"{case}/corrections", data)
    assert answer.status_code == 422
    assert 'value="2019年13月6日"' in answer.text
    assert "日期有误" in answer.text


def test_nobody_corrects_or_decides_what_lies_on_another_desk(held, browser_of, repositories):
    _, case = held("lin", "A-MISREAD")
    for name in ("wang", "su"):
        other = browser_of(name)
        data = {"paper": CHILD_PAGE, "field": "name", "value": CHILD.name}
        assert other.post(f"{case}/corrections", data).status_code == 409
        assert other.post(f"{case}/decision", {"outcome": "rejected", "codes": "X20"}).status_code
        assert other.post(f"{case}/release").status_code == 409
    assert repositories.reviews.get(case.rpartition("/")[2]).holder == "lin"
