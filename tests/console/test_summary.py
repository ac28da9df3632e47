"""What a run shows: nothing from outside reaches the terminal as anything but characters."""

from console.summary import printable


def test_escapes_and_breaks_are_written_out():
    assert printable("A\x1b[31m\x07\n1") == "A\\x1b[31m\\x07\\n1"
    assert printable("申请 [red]1[/red]") == "申请 [red]1[/red]"
