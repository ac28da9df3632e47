"""Each tie between two pages: how it is seen, and what it weighs."""

import datetime as dt

import pytest

from models.identity.division import LAST, Divisions, Era
from models.intake.application import Relationship
from tasks.identity.ties.observe import line_of, observe, same_place
from tasks.identity.ties.page_signs import CoverSigns, PagePair, PageSigns
from tasks.identity.ties.rates import MOST, RATES, SURNAME_IN_FAMILY
from tasks.identity.ties.tie import TieKind, TieState, WeighedTies, weakest
from tasks.identity.ties.weigh import weigh_ties

NOTHING = PageSigns()
FATHER = NOTHING._replace(name="沈建国", sex="男", word="户主", picture=("a", 1, 1))
CHILD = NOTHING._replace(
    name="沈雨桐", sex="女", word="长女", born=dt.date(2019, 5, 6), picture=("b", 1, 1)
)
DAY = dt.date(2021, 3, 1)


def pair(father=None, child=None, *, relationship=Relationship.CHILD, **more):
    one, other = FATHER._replace(**(father or {})), CHILD._replace(**(child or {}))
    return PagePair(one, other, relationship, **more)


def tie(kind, two):
    return next(t for t in weigh_ties(two).ties if t.kind is kind)


def seen(kind, two):
    return [(o.context, o.outcome) for o in observe(two) if o.kind is kind]


def test_two_pages_that_show_nothing_in_common_are_not_tied_at_all():
    blank = WeighedTies(weigh_ties(PagePair(NOTHING, NOTHING, None)).ties)
    assert blank.weight == 0
    assert not blank.excluded
    assert {t.state for t in blank.ties} == {TieState.UNSEEN, TieState.NEUTRAL}
    assert blank.state(TieKind.SURNAME) is TieState.NEUTRAL


@pytest.mark.parametrize(
    ("name", "state", "weight"),
    [
        pytest.param("沈雨桐", TieState.HOLDS, 3.42, id="a rare surname"),
        pytest.param("沉雨桐", TieState.DIFFERS, -2.49, id="another one"),
        pytest.param("王雨桐", TieState.DIFFERS, -2.43, id="a common one"),
        pytest.param(None, TieState.UNSEEN, 0, id="unread"),
        pytest.param("阿依古丽·买买提", TieState.NEUTRAL, 0, id="a name without a surname"),
    ],
)
def test_a_child_bears_the_father_s_surname(name, state, weight):
    found = tie(TieKind.SURNAME, pair(child={"name": name}))
    assert found.state is state
    assert found.weight == pytest.approx(weight, abs=0.01)


def test_a_common_surname_ties_less_than_a_rare_one():
    wang = tie(TieKind.SURNAME, pair({"name": "王建国"}, {"name": "王雨桐"}))
    ouyang = tie(TieKind.SURNAME, pair({"name": "欧阳建国"}, {"name": "欧阳雨桐"}))
    assert 0 < wang.weight < ouyang.weight
    assert wang.weight == pytest.approx(2.28, abs=0.01)
    half = pair({"name": "欧建国"}, {"name": "欧阳雨桐"})
    assert tie(TieKind.SURNAME, half).state is TieState.DIFFERS


def test_a_look_alike_of_the_surname_says_nothing():
    found = tie(TieKind.SURNAME, pair({"name": "昝建国"}, {"name": "咎雨桐"}))
    assert found.state is TieState.UNSEEN


def test_a_child_seldom_bears_the_mother_s_surname_and_another_one_says_nothing():
    same = tie(TieKind.SURNAME, pair({"sex": "女"}))
    other = tie(TieKind.SURNAME, pair({"sex": "女", "name": "林晓梅"}))
    assert 0 < same.weight < tie(TieKind.SURNAME, pair()).weight
    assert other.state is TieState.NEUTRAL


def test_spouses_and_a_daughter_s_child_are_not_asked_for_a_surname():
    assert seen(TieKind.SURNAME, pair(relationship=Relationship.SPOUSE)) == []
    grandchild = pair(child={"word": "外孙女"}, relationship=Relationship.GRANDCHILD)
    assert seen(TieKind.SURNAME, grandchild) == []
    assert seen(TieKind.SURNAME, pair(relationship=Relationship.GRANDCHILD)) == [
        ("grandfather", "holds")
    ]


@pytest.mark.parametrize(
    ("elder", "younger", "relationship", "found"),
    [
        ("吉克·曲布", "吉克·阿呷", Relationship.CHILD, [("parts", "clan")]),
        ("吉克·曲布", "沙马·阿呷", Relationship.CHILD, []),
        ("吉克·曲布", "吉克", Relationship.CHILD, []),
        ("艾力·买买提", "阿依古丽·买买提", Relationship.SIBLING, [("parts", "patronym")]),
        ("艾力·买买提", "阿依古丽·吐尔逊", Relationship.SIBLING, []),
    ],
)
def test_names_of_parts_share_a_clan_or_a_father(elder, younger, relationship, found):
    two = pair({"name": elder}, {"name": younger}, relationship=relationship)
    assert seen(TieKind.SURNAME, two) == found


@pytest.mark.parametrize(
    ("father", "state"), [("买买提·吐尔逊", TieState.HOLDS), ("艾力·买买提", TieState.NEUTRAL)]
)
def test_a_patronym_is_the_father_s_own_name(father, state):
    found = tie(TieKind.SURNAME, pair({"name": father}, {"name": "阿依古丽·买买提"}))
    assert found.state is state


@pytest.mark.parametrize(
    ("relationship", "sex", "line"),
    [
        (Relationship.CHILD, "男", "father"),
        (Relationship.CHILD, "女", "mother"),
        (Relationship.CHILD, None, "couple"),
        (Relationship.SIBLING, "男", "sibling"),
        (Relationship.GRANDCHILD, "男", "grandfather"),
        (Relationship.GRANDCHILD, "女", "grandparent"),
        (Relationship.SPOUSE, "男", "couple"),
        (None, "男", "couple"),
    ],
)
def test_the_line_follows_from_the_claim_and_the_elder(relationship, sex, line):
    assert line_of(pair({"sex": sex}, relationship=relationship)) == line


def test_of_a_parent_the_member_is_the_elder():
    parent = PagePair(CHILD._replace(sex="女"), FATHER._replace(word="父亲"), Relationship.PARENT)
    assert line_of(parent) == "father"


@pytest.mark.parametrize(
    ("code", "outcome"), [("330102", "county"), ("330106", "city"), ("440305", "elsewhere")]
)
def test_the_numbers_begin_in_one_place(code, outcome):
    two = pair({"region": "330102"}, {"region": code})
    assert seen(TieKind.NUMBER_PLACE, two) == [("child", outcome)]


def test_the_address_on_the_cover_is_the_book_s_place():
    era = Era("西湖区", 0, LAST, "")
    divisions = Divisions({"330106": (era,), "330101": (Era("市辖区", 0, LAST, ""),)})
    cover = CoverSigns(address="浙江省杭州市西湖区文三路8号")
    two = pair({"region": "440305"}, {"region": "330106"}, cover=cover, divisions=divisions)
    assert seen(TieKind.NUMBER_PLACE, two) == [("child", "county")]
    whole = two._replace(member=two.member._replace(region="330101"))
    assert seen(TieKind.NUMBER_PLACE, whole) == [("child", "elsewhere")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("浙江省诸暨市", "浙江诸暨", True),
        ("浙江省绍兴市诸暨市", "诸暨市", False),
        ("浙江省", "浙江省", False),
        ("浙江省诸暨市", "浙江省嵊州市", False),
    ],
)
def test_native_places_are_compared_without_what_clerks_leave_out(one, other, same):
    assert same_place(one, other) is same


def test_places_that_hang_together_are_counted_once():
    near = {"region": "330102", "native_place": "浙江省诸暨市"}
    together = tie(TieKind.NATIVE_PLACE, pair(near, near)).weight
    apart = tie(TieKind.NATIVE_PLACE, pair(near | {"region": "440305"}, near)).weight
    assert 0 < together < apart
    assert tie(TieKind.NATIVE_PLACE, pair(near, near | {"native_place": "湖南省湘潭县"})).weight < 0


def test_the_native_place_of_a_mother_says_next_to_nothing():
    near = {"region": "330102", "native_place": "浙江省诸暨市"}
    assert tie(TieKind.NATIVE_PLACE, pair(near | {"sex": "女"}, near)).state is TieState.NEUTRAL


def test_another_office_in_the_seal_speaks_surely_against_one_book():
    one, other = {"station": "清波派出所"}, {"station": "文新派出所"}
    assert weigh_ties(pair(one, one)).weight > weigh_ties(pair()).weight
    assert not weigh_ties(pair(one, one)).excluded
    assert weigh_ties(pair(one, other)).excluded


def test_stations_with_a_letter_in_common_may_be_one_misread():
    two = pair({"station": "城关派出所"}, {"station": "城东派出所"})
    assert seen(TieKind.STATION, two) == []


@pytest.mark.parametrize(
    ("father", "child", "expected"),
    [
        pytest.param(DAY, DAY, ("born_before", "same_day"), id="issued together"),
        pytest.param(DAY, dt.date(2021, 3, 2), ("born_before", "other_day"), id="a day later"),
        pytest.param(
            dt.date(2018, 1, 2), dt.date(2019, 5, 20), ("born_after", "soon"), id="after the birth"
        ),
        pytest.param(
            dt.date(2018, 1, 2), dt.date(2019, 7, 5), ("born_after", "soon"), id="sixty days"
        ),
        pytest.param(
            dt.date(2018, 1, 2), dt.date(2019, 7, 6), ("born_after", "other_day"), id="later still"
        ),
        pytest.param(
            dt.date(2019, 5, 10),
            dt.date(2019, 5, 20),
            ("born_after", "soon"),
            id="born just before",
        ),
        pytest.param(
            dt.date(2019, 5, 25),
            dt.date(2021, 3, 2),
            ("born_after", "other_day"),
            id="born too shortly before to be in it",
        ),
        pytest.param(
            dt.date(2019, 5, 26),
            dt.date(2021, 3, 2),
            ("born_before", "other_day"),
            id="born long enough before",
        ),
        pytest.param(
            DAY, dt.date(2019, 5, 20), ("born_before", "other_day"), id="older than the other page"
        ),
    ],
)
def test_the_day_of_registration_by_whether_the_child_was_born_before_the_page(
    father, child, expected
):
    two = pair({"registered": father}, {"registered": child})
    assert seen(TieKind.REGISTRATION_DAY, two) == [expected]


def test_grown_ups_and_unread_days():
    adults = pair({"registered": DAY}, {"registered": DAY}, relationship=Relationship.SPOUSE)
    assert seen(TieKind.REGISTRATION_DAY, adults) == [("adults", "same_day")]
    assert seen(TieKind.REGISTRATION_DAY, pair({"registered": DAY})) == []
    assert seen(TieKind.REGISTRATION_DAY, pair(child={"registered": DAY})) == []


def test_the_cover_s_day_of_issue_counts_as_a_page_s():
    cover = CoverSigns(issued=DAY)
    two = pair({"registered": dt.date(2024, 1, 2)}, {"registered": DAY}, cover=cover)
    assert seen(TieKind.REGISTRATION_DAY, two) == [("born_before", "same_day")]
    alone = pair(child={"registered": dt.date(2021, 3, 2)}, cover=cover)
    assert seen(TieKind.REGISTRATION_DAY, alone) == []


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (dt.date(2018, 1, 2), ("born_after", "soon")),
        (dt.date(2020, 1, 2), ("born_before", "other_day")),
        (None, ("born_before", "other_day")),
    ],
)
def test_a_father_s_page_that_was_printed_again_does_not_make_the_book_younger(issued, expected):
    days = {"registered": dt.date(2022, 7, 4)}, {"registered": dt.date(2019, 5, 20)}
    cover = CoverSigns(issued=issued)
    assert seen(TieKind.REGISTRATION_DAY, pair(*days, cover=cover)) == [expected]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("浙江省杭州市上城区河坊街12号", [("", "holds")]),
        ("杭州市上城区河坊街12号", [("", "holds")]),
        ("浙江省杭州市西湖区文三路8号", [("", "differs")]),
        ("街12号", [("", "differs")]),
        (None, []),
    ],
)
def test_the_cover_and_the_id_card_name_one_house(card, expected):
    cover = CoverSigns(address="浙江省杭州市上城区河坊街12号")
    assert seen(TieKind.ADDRESS, pair(cover=cover, card_address=card)) == expected


def test_two_pages_of_one_picture_and_not_of_one_file():
    one = {"picture": ("a", 1, 1)}
    assert seen(TieKind.ONE_PICTURE, pair(one, {"picture": ("a", 1, 2)})) == [("", "holds")]
    assert seen(TieKind.ONE_PICTURE, pair(one, {"picture": ("a", 2, 1)})) == []
    assert seen(TieKind.ONE_PICTURE, pair(one, one)) == []


def test_a_number_on_one_page_only_is_another_form():
    assert tie(TieKind.FORM, pair({"numbered": True})).weight < 0
    assert tie(TieKind.FORM, pair()).state is TieState.UNSEEN


def test_a_rare_surname_counts_against_strangers_and_nothing_against_its_bearers():
    near = {"region": "330102", "native_place": "浙江省诸暨市"}
    child = near | {"name": "亓雨桐", "registered": dt.date(2019, 5, 20)}
    father = near | {"name": "亓建国", "born": dt.date(1990, 5, 6)}
    ties = weigh_ties(pair(father | {"registered": dt.date(2018, 1, 2)}, child))
    assert ties.weight > 6
    assert ties.among_namesakes < 3.2
    assert ties.among_namesakes == pytest.approx(ties.weight - 3.42, abs=0.01)


def test_neighbours_of_one_name_share_surname_places_and_seal_and_not_the_day():
    near = {"region": "330102", "native_place": "浙江省诸暨市", "station": "清波派出所"}
    ties = weigh_ties(pair(near, near))
    assert ties.weight > 7
    assert ties.among_neighbours == pytest.approx(0)
    same_day = weigh_ties(pair(near | {"registered": DAY}, near | {"registered": DAY}))
    assert same_day.among_neighbours > 5


def test_what_speaks_against_one_book_does_so_among_namesakes_and_neighbours_too():
    ties = weigh_ties(pair({"region": "330102"}, {"name": "王雨桐", "region": "440305"}))
    assert ties.weight < -2
    assert ties.among_namesakes == ties.among_neighbours == ties.weight


@pytest.mark.parametrize(
    ("sex", "born", "expected"),
    [
        ("女", dt.date(1994, 5, 6), [("mother", "usual")]),
        ("女", dt.date(1984, 5, 6), [("mother", "unusual")]),
        ("男", dt.date(1985, 5, 6), [("father", "usual")]),
        ("男", dt.date(1996, 5, 6), [("father", "unusual")]),
        ("男", None, []),
    ],
)
def test_most_children_are_born_to_parents_of_a_usual_age(sex, born, expected):
    assert seen(TieKind.AGES, pair({"sex": sex, "born": born})) == expected


def test_an_unusual_age_weighs_against_and_is_told_to_nobody():
    found = tie(TieKind.AGES, pair({"born": dt.date(1976, 5, 6)}))
    assert found.weight < 0
    assert found.state is TieState.NEUTRAL


def test_no_tie_counts_for_more_than_the_most_and_every_rate_is_one():
    assert max(abs(rate.weight) for rate in RATES.values()) <= MOST
    groups = {key[:2] for key in RATES}
    for group in groups - {
        (TieKind.SURNAME, "parts"),
        (TieKind.ONE_PICTURE, ""),
        (TieKind.FORM, ""),
    }:
        rates = [rate for key, rate in RATES.items() if key[:2] == group]
        assert sum(r.family for r in rates) == pytest.approx(1.0, abs=0.02), group
        assert sum(r.strangers for r in rates) == pytest.approx(1.0, abs=0.02), group
    assert all(0 < share < 1 for share in SURNAME_IN_FAMILY.values())


def test_of_several_pairs_the_least_tied_counts_and_an_excluded_one_first():
    weak, strong = weigh_ties(pair()), weigh_ties(pair({"registered": DAY}, {"registered": DAY}))
    other = weigh_ties(pair({"station": "甲派出所"}, {"station": "乙派出所"}))
    assert weakest([strong, weak]) is weak
    assert weakest([strong, weak, other]) is other
