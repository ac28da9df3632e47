"""What the commands share about printing for programs."""

import json
from typing import Annotated, Protocol, runtime_checkable

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@runtime_checkable
class _Dumped(Protocol):
    """A record; named by what it can do, since importing its class would slow every command."""

    def model_dump(self, *, mode: str) -> dict[str, object]:
        """Give the record as plain values."""


def print_json(value: object) -> None:
    """Print a record, or plain values, as one line of JSON, Chinese as it is."""
    plain = value.model_dump(mode="json") if isinstance(value, _Dumped) else value
    typer.echo(json.dumps(plain, ensure_ascii=False))
