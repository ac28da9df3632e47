"""Confidence as a measured probability: the curves as data, and their use."""

import pytest

from models.reading.document import FieldReading
from tasks.reading.confidence.calibration import (
    Calibration,
    FieldSort,
    WitnessTier,
    along,
    calibrated,
    calibration,
    sort_of,
    tier_of,
)

CURVE = ((0.5, 0.2), (0.9, 0.6), (0.98, 0.99))
CURVES = Calibration.model_validate(
    {
        "version": "test",
        "made_by": "test",
        "papers": 1,
        "fields": 1,
        "tiers": {
            "good": {"min_glyph_height_px": 22, "max_blur": 0.3},
            "fair": {"min_glyph_height_px": 14, "max_blur": 0.6},
        },
        "curves": {"name": {"good": CURVE}},
    }
)


@pytest.mark.parametrize(
    ("evidence", "probability"), [(0.1, 0.2), (0.5, 0.2), (0.7, 0.4), (0.9, 0.6), (1.0, 0.99)]
)
def test_a_curve_is_straight_between_its_points_and_level_beyond(evidence, probability):
    assert along(CURVE, evidence) == pytest.approx(probability)


def test_the_measured_probability_is_published_and_the_evidence_kept():
    field = FieldReading(value="王芳", raw="王 芳", confidence=0.7)
    result = calibrated("mother_name", field, WitnessTier.GOOD, CURVES)
    assert (result.confidence, result.evidence) == (0.4, 0.7)
    assert (result.value, result.raw) == ("王芳", "王 芳")


def test_what_was_not_measured_keeps_its_evidence():
    field = FieldReading(value="男", confidence=0.7)
    assert calibrated("sex", field, WitnessTier.GOOD, CURVES).confidence == 0.7
    assert calibrated("name", field, WitnessTier.POOR, CURVES).confidence == 0.7


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("father_id_number", FieldSort.ID_NUMBER),
        ("spouse2_id_number", FieldSort.ID_NUMBER),
        ("certificate_number", FieldSort.NUMBER),
        ("newborn_name", FieldSort.NAME),
        ("spouse1_name", FieldSort.NAME),
        ("valid_until", FieldSort.DATE),
        ("birth_time", FieldSort.DATE),
        ("spouse1_sex", FieldSort.WORD),
        ("relation_to_householder", FieldSort.WORD),
        ("issuing_authority", FieldSort.TEXT),
    ],
)
def test_fields_that_fail_alike_share_a_curve(name, sort):
    assert sort_of(name, blank=False) is sort
    assert sort_of(name, blank=True) is FieldSort.BLANK


@pytest.mark.parametrize(
    ("height", "blur", "tier"),
    [
        (30, 0.1, WitnessTier.GOOD),
        (30, 0.5, WitnessTier.FAIR),
        (15, 0.1, WitnessTier.FAIR),
        (30, 0.9, WitnessTier.POOR),
    ],
)
def test_a_picture_is_of_the_best_tier_whose_limits_it_keeps(height, blur, tier):
    assert tier_of(height, blur, CURVES.tiers) is tier


def test_the_curves_in_force_never_fall_and_stay_probabilities():
    for tiers in calibration().curves.values():
        for curve in tiers.values():
            assert list(curve) == sorted(curve)
            heights = [y for _, y in curve]
            assert heights == sorted(heights)
            assert 0 <= heights[0] <= heights[-1] <= 1
