import pytest

from models.checks.finding import Evidence, Subject, Verdict, finding
from models.checks.reason import Code, Severity
from models.checks.reason_catalogue import REASONS


def test_a_failed_check_keeps_the_weight_of_its_reason():
    assert finding(Code.X01).severity is Severity.ERROR
    assert finding(Code.D14).severity is Severity.WARNING


@pytest.mark.parametrize("code", Code)
def test_what_could_not_be_told_is_never_an_error(code):
    told = finding(code, verdict=Verdict.CANNOT_TELL)
    assert told.severity is not Severity.ERROR
    assert REASONS[code].doubt[0] in told.message.zh


def test_a_doubt_asks_the_applicant_for_nothing():
    failed, doubted = finding(Code.D11), finding(Code.D11, verdict=Verdict.CANNOT_TELL)
    assert REASONS[Code.D11].advice[0] in failed.message.zh
    assert REASONS[Code.D11].advice[0] not in doubted.message.zh


def test_an_addition_names_the_case_in_both_languages():
    told = finding(Code.Q01, zh="03.jpg", en="03.jpg")
    assert told.message.zh.startswith("图像模糊(03.jpg)。")
    assert told.message.en.startswith("Blurred picture (03.jpg). ")


def test_evidence_and_subject_are_kept():
    seen = Evidence(document="03.jpg", field="name", value="张*")
    told = finding(Code.X01, seen, subject=Subject.MEMBER)
    assert (told.evidence, told.subject) == ((seen,), Subject.MEMBER)
