"""A command that cannot go on says what happened and what to do, in both languages."""

import pytest

from console.cli import main


def told(monkeypatch, capsys, *arguments):
    monkeypatch.setattr("sys.argv", ["kinbind", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["runn"], "无此命令 No such command 'runn'", id="command"),
        pytest.param(["run", "--foo"], "无此选项 No such option: --foo", id="option"),
        pytest.param(["audit", "show"], "缺少参数 Missing argument", id="missing-argument"),
        pytest.param(["unbind", "B1"], "缺少选项 Missing option", id="missing-option"),
        pytest.param(["retry", "A1"], "参数过多 Got unexpected extra argument", id="extra"),
        pytest.param(["run", "--workers", "0"], "参数值不可用 Invalid value", id="value"),
        pytest.param(
            ["report", "day", "2026-02-30"], "日期应为 YYYY-MM-DD", id="a day that there is not"
        ),
    ],
)
def test_wrong_use_is_told_in_both_languages(monkeypatch, capsys, arguments, sentence):
    code, said = told(monkeypatch, capsys, *arguments)
    assert code == 2
    assert sentence in said
    assert "请查看 see: kinbind" in said


def test_a_group_without_a_command_shows_its_commands(monkeypatch, capsys):
    code, said = told(monkeypatch, capsys, "keys")
    assert code == 2
    assert "\\n" not in said
    assert [line for line in said.splitlines() if line.strip().startswith("rotate")]


def test_a_file_that_cannot_be_used_is_named_with_the_cause(monkeypatch, capsys, tmp_path):
    taken = tmp_path / "taken"
    taken.touch()
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path / "home"))
    code, said = told(monkeypatch, capsys, "run", tmp_path, "--results", taken / "results.jsonl")
    assert code == 1
    assert f"{taken}：此处是文件而不是目录" in said
    code, said = told(monkeypatch, capsys, "run", tmp_path / "none")
    assert code == 2
    assert f"没有收件文件夹 {tmp_path / 'none'}" in said
    monkeypatch.setenv("KINBIND_HOME", str(taken))
    code, said = told(monkeypatch, capsys, "review", "list")
    assert code == 2
    assert f"KINBIND_HOME（{taken}）无法使用" in said
    assert "Traceback" not in said
