"""A day in a field, as people write it: the browser's own field would show its own language."""

from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from models.reading.typed_date import typed_day

_LONGEST: Final = 20
NO_DAY: Final = "no_day"
"""What pydantic calls the error of a day that is none."""


def _iso(text: str) -> str:
    try:
        return typed_day(text).isoformat() if text.strip() else ""
    except ValueError:
        raise PydanticCustomError(NO_DAY, "no such day") from None


TypedDay = Annotated[str, StringConstraints(max_length=_LONGEST), AfterValidator(_iso)]
"""The day as `YYYY-MM-DD`; empty where nothing was typed. Anything else is refused."""
