import pytest

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS


def test_every_code_has_its_entry():
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("code", Reason)
def test_every_reason_has_a_title_in_both_languages(code):
    reason = REASONS[code]
    assert any("\u4e00" <= character <= "\u9fff" for character in reason.zh)
    assert reason.en.isascii()
    assert not reason.zh.endswith("。")
    assert not reason.en.endswith(".")


def test_a_note_is_never_mended():
    notes = [r for r in REASONS.values() if r.severity is Severity.INFO]
    assert notes
    assert not any(r.repairable for r in notes)
