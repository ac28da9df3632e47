"""The band of a comparison, for every way in which its evidence can lie."""

import pytest

from models.faces.face_verdict import FaceBand, FaceThresholds
from tasks.faces.match_faces import band_of

BANDS = FaceThresholds(
    version="t",
    match=0.42,
    mismatch=0.25,
    margin=0.10,
    copied=0.75,
    copied_hash_distance=12,
    second_distance=0.55,
    second_reach=0.08,
    lift=0.04,
    fallback_distance=0.42,
    min_sharpness=100,
)
MATCH, UNSURE, MISMATCH = FaceBand.MATCH, FaceBand.UNSURE, FaceBand.MISMATCH


@pytest.mark.parametrize(
    ("score", "rival", "distance", "copied", "band"),
    [
        pytest.param(0.42, None, None, False, MATCH, id="at the threshold"),
        pytest.param(0.419, None, None, False, UNSURE, id="just below it"),
        pytest.param(0.25, None, None, False, UNSURE, id="not yet a mismatch"),
        pytest.param(0.249, None, None, False, MISMATCH, id="a mismatch"),
        pytest.param(0.45, None, 0.56, False, UNSURE, id="hardly clears, the second disagrees"),
        pytest.param(0.50, None, 0.90, False, MATCH, id="clears it, the second disagrees"),
        pytest.param(0.499, None, 0.90, False, UNSURE, id="not by enough"),
        pytest.param(0.45, None, 0.55, False, MATCH, id="hardly clears, the second agrees"),
        pytest.param(0.38, None, 0.42, False, MATCH, id="hardly misses, the second is sure"),
        pytest.param(0.38, None, 0.43, False, UNSURE, id="hardly misses, the second agrees only"),
        pytest.param(0.379, None, 0.30, False, UNSURE, id="misses by more"),
        pytest.param(0.24, None, 0.10, False, MISMATCH, id="a mismatch is never carried"),
        pytest.param(0.60, 0.49, None, False, MATCH, id="nearer by the margin"),
        pytest.param(0.60, 0.501, None, False, UNSURE, id="another person is as near"),
        pytest.param(0.40, 0.35, 0.30, False, UNSURE, id="carried, and another is as near"),
        pytest.param(0.95, None, 0.10, True, UNSURE, id="the card's own picture"),
    ],
)
def test_the_band_follows_from_all_evidence(score, rival, distance, copied, band):
    assert band_of(score, rival, BANDS, distance, copied=copied)[0] is band


def test_thresholds_of_older_policies_keep_the_veto_and_carry_nothing():
    older = BANDS.model_dump(exclude={"second_reach", "lift"})
    bands = FaceThresholds.model_validate(older)
    assert band_of(0.99, None, bands, 0.56, copied=False)[0] is UNSURE
    assert band_of(0.41, None, bands, 0.10, copied=False)[0] is UNSURE
