import pytest

from models.checks.finding import CheckVerdict, Evidence, Message, Subject, finding
from models.checks.reason import Reason, Severity


def test_a_failed_check_keeps_the_weight_of_its_reason():
    assert finding(Reason.NAMES_DIFFER).severity is Severity.ERROR
    assert finding(Reason.SEAL_OR_COLOUR_MISSING).severity is Severity.WARNING


@pytest.mark.parametrize("code", Reason)
def test_what_could_not_be_told_is_never_an_error(code):
    assert finding(code, verdict=CheckVerdict.CANNOT_TELL).severity is not Severity.ERROR


def test_a_detail_is_for_the_office_and_names_the_case_in_both_languages():
    raised = finding(Reason.PICTURE_BLURRED, zh="人像面", en="portrait side")
    assert raised.detail == Message(zh="人像面", en="portrait side")
    assert raised.message == Message(
        zh="图像模糊（人像面）。", en="Blurred picture (portrait side)."
    )
    assert finding(Reason.PICTURE_BLURRED).detail is None


def test_evidence_and_subject_are_kept():
    seen = Evidence(document="03.jpg", field="name", value="张*")
    told = finding(Reason.NAMES_DIFFER, seen, subject=Subject.MEMBER)
    assert (told.evidence, told.subject) == ((seen,), Subject.MEMBER)
