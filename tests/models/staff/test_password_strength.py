"""Passwords that are refused, and ones that are not."""

import pytest

from models.staff.password_strength import require_strong
from models.staff.staff_member import StaffError


@pytest.mark.parametrize(
    "password",
    [
        *("123456789012", "passwordpassword", "qwertyuiop123", "1qaz2wsx3edc", "abc123456789"),
        *("P@ssw0rd1234", "admin1234567", "iloveyou520520", "woaini1314520", "yibao2026yibao"),
        *("a" * 200, "kinbind-2026!", "lin-lin-lin-lin", "LIN is my own name", "short"),
    ],
)
def test_what_a_guesser_tries_first_is_refused(password):
    with pytest.raises(StaffError):
        require_strong("lin", password)


@pytest.mark.parametrize(
    "password",
    [
        "long enough for a test",
        "正确的马电池订书钉吗一二三",
        "Kx7#mPq2vL9w",
        "河东 纸鸢 六月 铜铃 算盘",
    ],
)
def test_a_password_of_ones_own_is_taken(password):
    require_strong("lin", password)
