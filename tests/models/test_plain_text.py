"""Nothing from outside reaches a terminal as anything but characters."""

import pytest

from models.plain_text import printable


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("A\x1b[31m\x07\n1", "A\\x1b[31m\\x07\\n1"),
        ("A\x9b31m", "A\\x9b31m"),  # one byte of Latin-1 that terminals take for an escape
        ("gpj.1\u202e", "gpj.1\\u202e"),  # turns the direction of what follows
        ("\udcff", "\\udcff"),
        ("申请 [red]1[/red]", "申请 [red]1[/red]"),
        ("张\u3000三·𠮷", "张\u3000三·𠮷"),
    ],
)
def test_what_is_no_character_is_written_out(given, shown):
    assert printable(given) == shown
