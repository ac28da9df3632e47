"""Places as certificates print them, and the codes that they name."""

from pathlib import Path

import pytest

from models.identity.division import NO_DIVISIONS, place_name, places_named
from storage.policy.divisions import load_divisions

DIVISIONS = load_divisions(Path(__file__).parents[3] / "policies")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("浙江省杭州市", {"3301"}),
        ("杭州市", {"3301"}),
        ("浙江省 杭州市 西湖区", {"330106"}),
        ("河南省", {"41"}),
        ("330100", {"3301"}),
        ("410000", {"41"}),
        ("杭州", {"3301"}),
        ("河南郑州", {"4101"}),
        ("某地", set()),
        ("3301", set()),
    ],
)
def test_a_place_in_words_or_digits_names_its_lowest_division(text, codes):
    assert places_named(text, DIVISIONS) == codes


def test_without_a_table_no_place_is_known():
    assert places_named("浙江省杭州市", NO_DIVISIONS) == frozenset()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330100", "浙江省杭州市"),
        ("110100", "北京市"),
        ("500200", "重庆市"),
        ("429004", "湖北省仙桃市"),
        ("410000", "河南省"),
        ("330106", "浙江省杭州市西湖区"),
        ("990100", "990100"),
        ("", ""),
    ],
)
def test_a_code_is_told_in_words_and_stays_as_it_is_where_nobody_knows_it(code, name):
    assert place_name(code, DIVISIONS) == name
