"""From what the engine and the checks gave to the probability that a field is right.

The curves are data (`calibration.yaml` beside this module): measured on papers with known
contents by `python -m benchmarks.reading.calibrate`, by sort of field and by how good the picture
is.
"""

from bisect import bisect_right
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import Field

from models.reading.document import FieldReading, Quality
from models.record import Record

FILE: Final = Path(__file__).with_name("calibration.yaml")
Curve = tuple[tuple[float, float], ...]
"""Points (evidence, probability), both 0 to 1 and rising; straight lines between them."""


class WitnessTier(StrEnum):
    """How good a picture is for reading."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class FieldSort(StrEnum):
    """Fields that fail in the same way."""

    NAME = "name"
    ID_NUMBER = "id_number"
    NUMBER = "number"
    DATE = "date"
    WORD = "word"
    TEXT = "text"
    BLANK = "blank"


class TierLimits(Record):
    """What a picture needs to be of a tier."""

    min_glyph_height_px: float = Field(ge=0)
    max_blur: float = Field(ge=0, le=1)


class Calibration(Record):
    """The curves with where they come from.

    Attributes:
        version: Recorded with every reading's engine.
        made_by: The command.
        papers: How many papers it was measured on.
        fields: How many fields.
        tiers: Best first; what fits none is poor.
        curves: By sort and tier; a missing curve leaves the evidence as it is.
    """

    version: str
    made_by: str
    papers: int
    fields: int
    tiers: dict[WitnessTier, TierLimits]
    curves: dict[FieldSort, dict[WitnessTier, Curve]]


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The curves in force."""
    return Calibration.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def calibrated(
    name: str, field: FieldReading, tier: WitnessTier, curves: Calibration
) -> FieldReading:
    """The field with the measured probability as its confidence, the evidence kept beside it."""
    evidence = field.confidence
    curve = curves.curves.get(
        sort_of(name, blank=field.value is None and not field.long_term), {}
    ).get(tier)
    probability = along(curve, evidence) if curve else evidence
    return field.model_copy(
        update={"confidence": round(probability, 4), "evidence": round(evidence, 4)}
    )


def tier_of(
    glyph_height_px: float, blur: float, limits: dict[WitnessTier, TierLimits]
) -> WitnessTier:
    """The best tier whose limits the picture keeps.

    Args:
        glyph_height_px: Of the usual line, pixels of the upload.
        blur: 0 (sharp) to 1, as `Quality.blur`.
        limits: The best tier first.
    """
    for tier, limit in limits.items():
        if glyph_height_px >= limit.min_glyph_height_px and blur <= limit.max_blur:
            return tier
    return WitnessTier.POOR


def picture_tier(quality: Quality, curves: Calibration) -> WitnessTier:
    """The tier of a picture by its quality."""
    return tier_of(quality.glyph_height_px, quality.blur, curves.tiers)


_WORDS: Final = frozenset(
    {
        *("sex", "newborn_sex", "ethnicity", "relation_to_householder", "marital_status"),
        *("household_type", "relationship", "signed", "relation_stated", "insurance_type", "level"),
    }
)


def sort_of(name: str, *, blank: bool) -> FieldSort:
    """The sort of a field, by its name and by whether a value was read."""
    if blank:
        return FieldSort.BLANK
    plain = name.rstrip("0123456789")
    if plain.endswith("id_number"):
        return FieldSort.ID_NUMBER
    if plain.endswith("number"):
        return FieldSort.NUMBER
    if plain.endswith("name"):
        return FieldSort.NAME
    if plain.endswith(("_date", "_time")) or plain.startswith("valid_"):
        return FieldSort.DATE
    return FieldSort.WORD if plain in _WORDS or plain.endswith("sex") else FieldSort.TEXT


def along(curve: Curve, evidence: float) -> float:
    """The curve's height over an evidence; level beyond its ends."""
    xs = [x for x, _ in curve]
    right = bisect_right(xs, evidence)
    if right == 0:
        return curve[0][1]
    if right == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[right - 1], curve[right]
    return y0 + (y1 - y0) * (evidence - x0) / (x1 - x0)
