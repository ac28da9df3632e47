"""Which passwords a person may choose."""

from typing import Final

from models.staff.staff_member import MIN_PASSWORD, StaffError

_MIN_SCORE: Final = 4
"""Of zxcvbn's 0 to 4: at least 10^10 guesses for who tries the common ones first. A guesser gets
some three hundred tries a day at one account here, so the margin is for a stolen table."""
_LONGEST: Final = 72
"""Characters that are looked at: the library takes no more."""
_OURS: Final = ("kinbind", "yibao", "qinqing", "shenhe", "gongji", "medical", "insurance")
"""Words that everybody here would think of first."""


def require_strong(name: str, password: str) -> None:
    """Refuse a password that is short, holds the name, or is among the first to be guessed.

    Raises:
        StaffError: It is too weak; says what to choose instead.
    """
    from zxcvbn import zxcvbn  # word lists of a megabyte, which few commands need

    if len(password) < MIN_PASSWORD or name in password.lower():
        msg = (
            f"密码至少 {MIN_PASSWORD} 个字符，且不含用户名。"
            f" A password has at least {MIN_PASSWORD} characters and not the name in it."
        )
        raise StaffError(msg)
    if zxcvbn(password[:_LONGEST], user_inputs=[name, *_OURS])["score"] < _MIN_SCORE:
        raise StaffError(
            "该密码过于常见（常用词、日期、键盘顺序等），请用几个互不相关的词，或由密码管理器生成。"
            " This password is among the first that a guesser tries (common words, dates, rows of"
            " keys): choose several unrelated words, or let a password manager make one."
        )
