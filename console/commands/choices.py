"""A word of a command line that has to be one of a few."""

from enum import StrEnum
from typing import TypeVar

import typer

Choice = TypeVar("Choice", bound=StrEnum)


def one_of(choices: type[Choice], given: str, parameter: str) -> Choice:
    """The choice that a word names; the commands load their types late, so typer cannot tell.

    Args:
        choices: All of them.
        given: What was typed.
        parameter: As the message names it, e.g. `--role`.

    Raises:
        typer.BadParameter: It is none of them; lists those that are.
    """
    try:
        return choices(given)
    except ValueError:
        raise bad_choice(given, tuple(choices), parameter) from None


def bad_choice(given: str, choices: tuple[str, ...], parameter: str) -> typer.BadParameter:
    """The message for a word that is none of the choices."""
    listed = " · ".join(choices)
    return typer.BadParameter(
        f"“{given}” 不在可选值之内，请选其一 is not one of: {listed}", param_hint=parameter
    )
