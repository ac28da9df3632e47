import datetime as dt
from pathlib import Path

import pytest
from pydantic import BaseModel

from models.intake.application import Product
from models.policy.policy import Rules
from models.policy.proof_rules import RequiredPaper
from storage.policy.policies import PolicyRepository
from storage.policy.refusal_words import models_in
from tasks.policy.show import PolicyView, RuleLine, view_policy
from tasks.policy.wording import GROUPS_ZH, KEYS_ZH, VALUES_ZH

FOLDER = Path(__file__).parents[3] / "policies"
TODAY = dt.date(2026, 11, 20)
SHELF = PolicyRepository.load(FOLDER)


def rule(view: PolicyView, group: str, key: str) -> RuleLine:
    return next(r for g in view.groups if g.group == group for r in g.rules if r.key == key)


def written_at(place: str) -> str:
    name, _, line = place.partition(":")
    return (FOLDER / name).read_text("utf-8").splitlines()[int(line) - 1]


def test_each_rule_names_the_line_that_says_it():
    view = view_policy(SHELF, "410100", TODAY, Product.MUTUAL_AID)
    assert view.files == ("henan.yaml", "national.yaml")
    own = rule(view, "limits", "max_applicants_per_person")
    inherited = rule(view, "limits", "max_bound_per_applicant")
    assert own.place.startswith("henan.yaml:")
    assert inherited.place.startswith("national.yaml:")
    for line in (own, inherited):
        assert f"{line.key}: {line.value}" in written_at(line.place)


def test_every_place_is_a_line_of_a_file():
    for group in view_policy(SHELF, "330100", TODAY).groups:
        assert "source" in written_at(group.place)
        assert all(written_at(r.place).strip() for r in group.rules)


def test_one_product_shows_only_its_own_rules():
    view = view_policy(SHELF, "330100", TODAY, Product.MUTUAL_AID)
    groups = [g.group for g in view.groups]
    assert "products.mutual_aid" in groups
    assert "products.family_account" not in groups


def test_without_a_product_what_one_of_them_has_otherwise_stands_beside_the_rest():
    view = view_policy(SHELF, "410100", TODAY)
    assert rule(view, "limits", "max_applicants_per_person").value == 2
    (own,) = [g for g in view.groups if g.group.startswith("by_product.")]
    assert own.group == "by_product.mutual_aid.limits"
    assert [(r.key, r.value) for r in own.rules] == [("max_applicants_per_person", 1)]
    assert "henan.yaml:" in own.rules[0].place
    assert "max_applicants_per_person: 1" in written_at(own.rules[0].place)


def test_every_group_of_the_rules_is_shown():
    shown = {g.group.partition(".")[0] for g in view_policy(SHELF, "330100", TODAY).groups}
    head = {"name", "region", "effective_from", "effective_until", "extends"}
    assert shown == set(GROUPS_ZH) == set(Rules.model_fields) - head


def keys_of(model: type[BaseModel]) -> set[str]:
    inner = [m for f in model.model_fields.values() for m in models_in(f.annotation)]
    return set(model.model_fields).union(*(keys_of(m) for m in inner))


def test_every_key_has_a_chinese_word():
    head = {"name", "region", "extends"} | set(GROUPS_ZH)
    assert keys_of(Rules) - head - set(KEYS_ZH) == set()


@pytest.mark.parametrize("region", ["110100", "330100", "410100", "450100", "500100", "320100"])
def test_no_word_of_a_policy_is_left_in_english(region):
    for group in view_policy(SHELF, region, TODAY).groups:
        for line in group.rules:
            if not line.key.endswith("source") and not line.key.startswith("needed"):
                told = line.value_zh.replace("、", "").replace("-", "")
                assert not told.isascii() or told.replace(".", "").isalnum(), line
                assert not any(word in line.value_zh for word in VALUES_ZH), line


def test_the_view_covers_every_required_paper():
    assert {paper.value for paper in RequiredPaper} <= set(VALUES_ZH)


def test_a_key_that_a_province_did_not_alter_keeps_the_country_s_source():
    view = view_policy(SHELF, "410100", TODAY, Product.MUTUAL_AID)
    limits = next(g for g in view.groups if g.group == "limits")
    by_key = {rule.key: rule.source for rule in limits.rules}
    assert "河南" in by_key["max_applicants_per_person"]
    assert "河南" not in by_key["max_bound_per_applicant"]
