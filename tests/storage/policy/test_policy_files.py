"""One file for one day and one product: its terms, its products' own groups, its lines."""

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pytest

from models.checks.reason import Reason
from models.errors import SettingError
from models.intake.application import Product
from storage.policy.policies import PolicyRepository

FOLDER = Path(__file__).parents[3] / "policies"
TODAY = dt.date(2026, 11, 20)
FAMILY, MUTUAL = Product.FAMILY_ACCOUNT, Product.MUTUAL_AID


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "policies"))


def place(folder: Path, body: str, region: str = "33") -> PolicyRepository:
    head = f'name: zhejiang\nregion: "{region}"\neffective_from: 2021-04-22\nextends: national\n'
    (folder / "zhejiang.yaml").write_text(head + body, "utf-8")
    return PolicyRepository.load(folder)


BY_PRODUCT = """
by_product:
  mutual_aid:
    limits:
      source: a notice
      effective_from: 2023-01-01
      max_bound_per_applicant: 3
"""


def test_what_a_file_says_of_one_product_holds_for_that_product_alone(folder):
    shelf = place(folder, BY_PRODUCT)
    limits = {
        product: shelf.for_case("330100", TODAY, product).limits.max_bound_per_applicant
        for product in (FAMILY, MUTUAL, None)
    }
    assert limits == {FAMILY: 5, MUTUAL: 3, None: 5}


def test_a_product_s_own_group_holds_only_within_its_term(folder):
    shelf = place(folder, BY_PRODUCT)
    days = (dt.date(2022, 12, 31), dt.date(2023, 1, 1))
    limits = [shelf.for_case("330100", day, MUTUAL).limits.max_bound_per_applicant for day in days]
    assert limits == [5, 3]


def test_the_nearer_place_counts_before_the_farther_one_s_product(folder):
    national = folder / "national.yaml"
    national.write_text(national.read_text("utf-8") + BY_PRODUCT, "utf-8")
    own = "limits:\n  source: x, y\n  effective_from: 2021-04-22\n  max_bound_per_applicant: 9\n"
    shelf = place(folder, own)
    assert shelf.for_case("330100", TODAY, MUTUAL).limits.max_bound_per_applicant == 9
    assert shelf.for_case("440100", TODAY, MUTUAL).limits.max_bound_per_applicant == 3


TERMS = """
limits:
  - source: the first notice
    effective_from: 2021-04-22
    max_bound_per_applicant: 3
  - source: the second notice
    effective_from: 2024-01-01
    max_applicants_per_person: 1
"""
_TURNS = (dt.date(2021, 11, 1), dt.date(2024, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 31))
"""Days on which something of TERMS or of the national file ends or begins."""


def test_what_was_said_of_one_day_is_said_again_only_of_days_that_are_like_it(folder):
    body = TERMS.replace("2021-04-22", "2021-04-22\n    effective_until: 2023-12-31")
    days = [day + dt.timedelta(days=n) for day in _TURNS for n in (-1, 0, 1, 40)]
    asked_before = place(folder, body)
    for product in (FAMILY, MUTUAL):
        for day in days:
            asked_now = dataclasses.replace(asked_before, _answered={})
            said = asked_before.for_case("330100", day, product)
            assert said == asked_now._for(asked_now._file_for("3301", day), day, product), day
    two = [asked_before.for_case("330100", dt.date(2022, 5, day), FAMILY) for day in (1, 2)]
    assert two[0] is two[1]


def test_a_later_term_of_a_group_says_only_what_it_changes(folder):
    shelf = place(folder, TERMS)
    rules = [
        shelf.for_case("330100", day, None).limits
        for day in (dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    ]
    assert [(r.max_bound_per_applicant, r.max_applicants_per_person) for r in rules] == [
        (3, 2),
        (3, 1),
    ]
    assert [r.source for r in rules] == ["the first notice", "the second notice"]


def test_the_lines_are_those_of_the_term_in_force(folder):
    shelf = place(folder, TERMS)
    written = (folder / "zhejiang.yaml").read_text("utf-8").splitlines()
    for day, text in ((dt.date(2023, 1, 1), "first"), (dt.date(2025, 1, 1), "second")):
        name, _, line = shelf.origins("330100", day).places["limits.source"].partition(":")
        assert name == "zhejiang.yaml"
        assert text in written[int(line) - 1]


def test_one_code_is_moved_without_the_lists(folder):
    body = (
        "codes:\n  source: a notice\n  effective_from: 2021-04-22\n"
        "  changes: {A05: reviewed, R02: reviewed}\n"
    )
    codes = place(folder, body).for_case("330100", TODAY, None).codes
    nation = PolicyRepository.load(FOLDER).for_case("440100", TODAY, None).codes
    moved = {Reason.CHANNEL_NOT_OFFERED, Reason.RELATIONSHIP_CONTRADICTED}
    assert codes.reviewed == nation.reviewed | moved
    assert codes.rejected == nation.rejected - moved
    assert codes.returned == nation.returned - moved


def test_a_code_may_be_moved_for_one_product(folder):
    body = """
by_product:
  mutual_aid:
    codes: {source: a notice, effective_from: 2021-04-22, changes: {A05: reviewed}}
"""
    shelf = place(folder, body)
    moved = [
        Reason.CHANNEL_NOT_OFFERED in shelf.for_case("330100", TODAY, product).codes.reviewed
        for product in (FAMILY, MUTUAL)
    ]
    assert moved == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mutual_aid:", "mutual_ade:", r"zhejiang.yaml:\d+: .*mutual_ade"),
        ("limits:", "limit:", r"zhejiang.yaml:\d+: .*limit"),
        ("max_bound_per_applicant", "max_bound", r"zhejiang.yaml:\d+: .*limits.max_bound"),
        ("source: a notice", "origin: a notice", r"zhejiang.yaml:\d+: .*source"),
        ("effective_from: 2023-01-01", "effective: 1", r"zhejiang.yaml:\d+: .*effective_from"),
    ],
    ids=["product?", "group?", "key?", "no source", "no first day"],
)
def test_a_mistake_in_a_product_s_own_group_is_named_on_its_line(folder, old, new, told):
    with pytest.raises(SettingError, match=told):
        place(folder, BY_PRODUCT.replace(old, new, 1))


def test_a_newer_file_may_extend_the_older_one_of_the_same_name(folder):
    newer = 'name: national\nregion: "00"\neffective_from: 2026-01-01\nextends: national\n'
    limits = "limits: {source: a notice, effective_from: 2026-01-01, max_bound_per_applicant: 6}\n"
    (folder / "national-2026.yaml").write_text(newer + limits, "utf-8")
    shelf = PolicyRepository.load(folder)
    bound = [
        shelf.for_case("410100", day, None).limits.max_bound_per_applicant
        for day in (dt.date(2025, 12, 31), TODAY)
    ]
    assert bound == [5, 6]
