"""What is printed where a command cannot go on: wrong use, and files that cannot be used."""

from typing import Final

import typer

from models.file_failure import file_failure

_WRONG_USE: Final = (
    ("No such option", "无此选项"),
    ("No such command", "无此命令"),
    ("Missing argument", "缺少参数"),
    ("Missing option", "缺少选项"),
    ("Missing parameter", "缺少参数"),
    ("Got unexpected extra argument", "参数过多"),
    ("Invalid value", "参数值不可用"),
    ("Option ", "选项用法不对"),
    ("Could not open file", "无法打开文件"),
)
"""How typer begins its sentences, and the same in Chinese; another one is left as it is."""
_NO_SUBCOMMAND: Final = "NoArgsIsHelpError"
"""Typer's class for a group called without a command, which only a private module gives."""


def wrong_use_lines(error: typer.TyperException) -> list[str]:
    """How the command is called, and what was wrong; of a group without a command, its help."""
    said = error.format_message()
    if type(error).__name__ == _NO_SUBCOMMAND:
        return said.split("\n")
    lines = []
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is not None:
        lines += context.get_usage().split("\n")
        lines += [f"请查看 see: {context.command_path} --help", ""]
    chinese = next((zh for begin, zh in _WRONG_USE if said.startswith(begin)), "")
    return [*lines, " ".join(filter(None, ("错误 Error:", chinese, said)))]


def file_failure_line(error: OSError) -> str:
    """Which file or folder could not be used, why, and what to do."""
    failure = file_failure(error)
    where = error.filename if isinstance(error.filename, str) else ""
    return (
        f"{where}：{failure.zh}。{where}: {failure.en}."
        if where
        else f"{failure.zh}。{failure.en}."
    )
