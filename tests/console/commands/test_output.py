"""Commands print names from outside as plain characters, and JSON that stays JSON."""

import datetime as dt
import json

import pytest

from console.cli import main
from console.commands.output import json_line, print_json, say
from console.commands.review.review import _print_table
from models.reviews.review import ReviewCase, ReviewState

HOSTILE = "A\x1b[31m\x9b1m[/red]\u202e\n✓ 审计链完整"


def test_a_line_stays_one_line_and_json_stays_what_it_was(capsys):
    say(HOSTILE, "二")
    first, second = capsys.readouterr().out.splitlines()
    assert first.isprintable()
    assert second == "二"
    print_json({"name": HOSTILE})
    printed = capsys.readouterr().out.rstrip("\n")
    assert printed.isprintable()
    assert json.loads(printed) == {"name": HOSTILE}
    assert "审计链完整" in json_line({"name": HOSTILE})


def test_the_queue_shows_an_identifier_with_markup_as_it_is(capsys):
    case = ReviewCase(
        review_id="r" * 8,
        round_id="0" * 32,
        application_id="A[/red]\x1b[1m",
        state=ReviewState.OPEN,
        codes=("R03",),
        opened_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        due_at=dt.datetime(2026, 11, 27, tzinfo=dt.UTC),
    )
    _print_table([case])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "待领取" in shown
    assert "[/red]" in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", f"/nowhere/{HOSTILE}"), 1),
        (("read", "x", "--kind", HOSTILE), 2),
        (("compare-faces", HOSTILE, HOSTILE), 2),
        (("audit", "show", HOSTILE), 1),
        (("run", f"/nowhere/{HOSTILE}"), 2),
    ],
)
def test_no_command_prints_a_name_from_outside_raw(words, code, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path))
    monkeypatch.setattr("storage.private_files.harden_process", lambda: None)
    monkeypatch.setattr("sys.argv", ["kinbind", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    said = shown.out + shown.err
    assert ended.value.code == code, said
    assert said
    assert all(line.isprintable() for line in said.split("\n")), said
    assert "\n✓" not in said
