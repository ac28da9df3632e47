"""What the commands share about printing: for people, line by line, and for programs.

Names of files, applications and people come from outside. What is no character in them, such as
the escapes that move a terminal's cursor, is written out wherever they are printed.
"""

import json
from typing import Annotated, Protocol, runtime_checkable

import typer

from models.plain_text import printable

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@runtime_checkable
class _Dumped(Protocol):
    """A record; named by what it can do, since importing its class would slow every command."""

    def model_dump(self, *, mode: str) -> dict[str, object]:
        """Give the record as plain values."""


def say(*lines: str, err: bool = False) -> None:
    """Print lines; a break within one of them came from outside and is written out."""
    for line in lines:
        typer.echo(printable(line), err=err)  # noqa: TID251  (here it is safe)


def print_json(value: object) -> None:
    """Print a record, or plain values, as one line of JSON, Chinese as it is."""
    say(json_line(value))


def json_line(value: object) -> str:
    """A record, or plain values, as one line of JSON in which every character can be shown."""
    plain = value.model_dump(mode="json") if isinstance(value, _Dumped) else value
    text = json.dumps(plain, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
