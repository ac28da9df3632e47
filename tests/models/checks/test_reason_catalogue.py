import pytest

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS


def test_every_code_has_its_entry():
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("code", Reason)
def test_every_reason_speaks_both_languages_and_names_a_next_step(code):
    reason = REASONS[code]
    texts = (reason.zh, reason.en, *reason.advice, *reason.doubt)
    assert all(text.strip() for text in texts)
    assert all(any("\u4e00" <= c <= "\u9fff" for c in zh) for zh in texts[::2])
    assert all(text.isascii() for text in texts[1::2])
    assert not reason.zh.endswith("。")
    assert not reason.en.endswith(".")


@pytest.mark.parametrize("code", Reason)
def test_a_doubt_never_says_that_it_changes_nothing(code):
    assert "不影响" not in REASONS[code].doubt[0]


def test_a_note_is_never_mended():
    notes = [r for r in REASONS.values() if r.severity is Severity.INFO]
    assert notes
    assert not any(r.repairable for r in notes)
