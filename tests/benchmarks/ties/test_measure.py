"""The invented families and strangers, and what the real checks make of them."""

import random
from pathlib import Path

import pytest

from benchmarks.ties.__main__ import SEED
from benchmarks.ties.applications import application_of
from benchmarks.ties.households import TODAY, invent_household
from benchmarks.ties.measure import many, tie_rates, weights
from benchmarks.ties.pairs import Crowd
from benchmarks.ties.places import InventedCountry
from models.decision.decision import Outcome
from models.identity.id_number import valid_id_number
from models.intake.application import Product
from storage.policy.policies import PolicyRepository
from tasks.checks.all_checks import check_application
from tasks.decision.decide import decide
from tasks.identity.ties.rates import FLOOR, RATES
from tasks.identity.ties.surnames import surname_of
from tasks.identity.ties.tie import TieKind

POLICIES = PolicyRepository.load(Path(__file__).parents[3] / "policies")
ASSUMED = {TieKind.FORM, TieKind.ONE_PICTURE, TieKind.SURNAME}


def seeded(seed):
    return random.Random(seed)  # noqa: S311  (no secret is drawn)


def approved(crowd, *, minors, product, count):
    outcomes = []
    for pair in many(crowd, POLICIES.divisions, seeded(7), minors=minors, count=count):
        region = pair.book.village.county.code[:4] + "00"
        policy = POLICIES.for_case(region, TODAY, product)
        dossier = application_of(pair, product, policy)
        report = check_application(dossier, policy, POLICIES.divisions)
        at = dossier.application.submitted_at
        outcomes.append(decide(dossier, report, policy, decided_at=at).outcome)
    return sum(o is Outcome.APPROVED for o in outcomes) / count


def test_a_good_part_of_families_pass_and_strangers_of_one_city_do_not():
    product = Product.FAMILY_ACCOUNT
    assert 0.3 < approved(Crowd.FAMILY, minors=True, product=product, count=120) < 0.6
    assert approved(Crowd.SAME_CITY, minors=True, product=product, count=200) == 0
    assert approved(Crowd.SAME_SURNAME, minors=True, product=product, count=200) <= 0.01


def test_where_money_moves_strangers_do_not_pass_though_they_agree():
    product = Product.MUTUAL_AID
    assert 0.2 < approved(Crowd.FAMILY, minors=False, product=product, count=80) < 0.6
    assert approved(Crowd.SAME_CITY, minors=False, product=product, count=120) == 0


def test_more_that_is_read_lets_more_families_through():
    found = weights(Crowd.FAMILY, POLICIES.divisions, 3, minors=True, count=120)
    over = [sum(w.city >= 5.2 for w in of_reading) for of_reading in found.values()]
    assert over == sorted(over)
    assert over[-1] > over[0]


def test_the_rates_in_force_are_those_that_are_counted():
    for (kind, context, outcome), family, strangers in tie_rates(POLICIES.divisions, SEED, 500):
        if kind in ASSUMED or context in {"apart/apart", "line/apart", "apart"}:
            continue
        rate = RATES[kind, context, outcome]
        assert rate.family == pytest.approx(family, abs=0.08), (kind, context, outcome)
        assert rate.strangers == pytest.approx(max(FLOOR, strangers), abs=0.14)


def test_invented_people_have_numbers_names_and_days_that_could_be():
    country = InventedCountry(POLICIES.divisions, seeded(1))
    for _ in range(30):
        city = country.city()
        house = invent_household(city, surname="昝")
        for member in (house.head, *house.others):
            number = valid_id_number(member.number, today=TODAY)
            assert number is not None
            assert number.birth_date == member.born
            assert number.sex == member.sex
            assert member.born <= member.registered <= TODAY
            assert member.registered.weekday() < 5 or member.registered == member.born
        husband = next(m for m in (house.head, *house.others) if m.sex == "男")
        assert surname_of(husband.name) == "昝" or house.head.sex == "女"


def test_a_pair_of_strangers_comes_from_two_books_and_a_family_s_from_one():
    for crowd in Crowd:
        for pair in many(crowd, POLICIES.divisions, seeded(2), minors=True, count=20):
            assert (pair.book is pair.member_s_book) is (crowd is Crowd.FAMILY)
            if crowd in {Crowd.SAME_SURNAME, Crowd.NEIGHBOUR}:
                assert surname_of(pair.member.name) == surname_of(pair.book.head.name)
