import pytest

from models.checks.finding import CheckVerdict, Evidence, Subject, finding
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS


def test_a_failed_check_keeps_the_weight_of_its_reason():
    assert finding(Reason.NAMES_DIFFER).severity is Severity.ERROR
    assert finding(Reason.SEAL_OR_COLOUR_MISSING).severity is Severity.WARNING


@pytest.mark.parametrize("code", Reason)
def test_what_could_not_be_told_is_never_an_error(code):
    told = finding(code, verdict=CheckVerdict.CANNOT_TELL)
    assert told.severity is not Severity.ERROR
    assert REASONS[code].doubt[0] in told.message.zh


def test_a_doubt_asks_the_applicant_for_nothing():
    failed, doubted = (
        finding(Reason.MEMBER_HUKOU_PAGE_MISSING),
        finding(Reason.MEMBER_HUKOU_PAGE_MISSING, verdict=CheckVerdict.CANNOT_TELL),
    )
    assert REASONS[Reason.MEMBER_HUKOU_PAGE_MISSING].advice[0] in failed.message.zh
    assert REASONS[Reason.MEMBER_HUKOU_PAGE_MISSING].advice[0] not in doubted.message.zh


def test_an_addition_names_the_case_in_both_languages():
    told = finding(Reason.PICTURE_BLURRED, zh="03.jpg", en="03.jpg")
    assert told.message.zh.startswith("图像模糊(03.jpg)。")
    assert told.message.en.startswith("Blurred picture (03.jpg). ")


def test_evidence_and_subject_are_kept():
    seen = Evidence(document="03.jpg", field="name", value="张*")
    told = finding(Reason.NAMES_DIFFER, seen, subject=Subject.MEMBER)
    assert (told.evidence, told.subject) == ((seen,), Subject.MEMBER)
