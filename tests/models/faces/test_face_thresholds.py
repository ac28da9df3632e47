"""How near is near enough depends on who might pose as whom."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from models.faces.face_thresholds import FacePair
from models.intake.application import Product, Relationship
from models.policy.face_rules import FaceRules
from storage.policy.policies import PolicyRepository

FACE = (
    PolicyRepository.load(Path(__file__).parents[3] / "policies")
    .for_case("330100", dt.date(2026, 11, 20), Product.FAMILY_ACCOUNT)
    .face
)
R = Relationship
SAME, OTHER = True, False


@pytest.mark.parametrize(
    ("pair", "match", "person"),
    [
        (FacePair(R.SIBLING, SAME, 40), 0.42, True),
        (FacePair(R.SIBLING, None, 40), 0.42, True),
        (FacePair(R.SIBLING, OTHER, 40), 0.55, False),
        (FacePair(R.PARENT, SAME, 60), 0.50, False),
        (FacePair(R.CHILD, None, 30), 0.50, False),
        (FacePair(R.CHILD, OTHER, 30), 0.42, False),
        (FacePair(R.GRANDPARENT, SAME, 70), 0.42, False),
        (FacePair(R.SPOUSE, OTHER, 40, 19.0), 0.42, False),
        (FacePair(R.CHILD, OTHER, 17, 5.5), 0.42, True),
        (FacePair(R.CHILD, OTHER, 17, 1.0), 0.42, False),
        (FacePair(R.CHILD, OTHER, 17, None), 0.42, False),
    ],
)
def test_the_national_bands_follow_relation_sex_and_ages(pair, match, person):
    bands = FACE.bands_for(pair)
    assert (bands.thresholds.match, bands.person_decides) == (match, person)
    assert bands.thresholds.margin == 0.10
    assert bands.thresholds.version.partition("/")[0] == FACE.thresholds.version


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [
            {"rule": "all", "match": 0.6},
            {"rule": "s", "relationships": ["sibling"], "decides": "person"},
        ],
        [{"rule": "s", "relationships": ["sibling"], "max_member_age": 50, "decides": "person"}],
    ],
)
def test_no_policy_can_let_the_engine_tell_brothers_apart(rules):
    body = FACE.model_dump() | {"bands": rules}
    with pytest.raises(ValidationError, match="siblings of the same sex"):
        FaceRules.model_validate(body)
