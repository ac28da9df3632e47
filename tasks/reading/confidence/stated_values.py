"""By how much a stated value must be likelier than its rivals to be borne out."""

from types import MappingProxyType
from typing import Final

from models.reading.stated_value import StatedAnswer
from tasks.reading.confidence.calibration import FieldSort

MARGINS: Final = MappingProxyType(
    {
        FieldSort.ID_NUMBER: 3.0,
        FieldSort.NUMBER: 3.0,
        FieldSort.DATE: 3.0,
        FieldSort.NAME: 1.5,
    }
)
"""Nats over the best rival."""
FARTHEST: Final = 12.0
"""Nats under the likeliest text, beyond which something else stands there."""


def stated_answer(sort: FieldSort, over_rivals: float, under_best: float) -> StatedAnswer:
    """What a margin says.

    Args:
        sort: Of the field.
        over_rivals: Nats over the best rival.
        under_best: Nats under the likeliest text.
    """
    least = MARGINS[sort]
    if over_rivals >= least and under_best <= FARTHEST:
        return StatedAnswer.BORNE_OUT
    return StatedAnswer.CONTRADICTED if over_rivals <= -least else StatedAnswer.CANNOT_TELL
