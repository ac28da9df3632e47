"""The base of every value that crosses a step."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value that refuses unknown fields and never quotes its input in an error.

    The last point is not cosmetic: the orchestrator copies an exception's text into the run
    history, and a default validation error would carry a citizen's data there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
