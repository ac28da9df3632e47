import itertools

import pytest

from models.identity.id_number import IdNumber, parse_id_number
from models.identity.person_name import is_name
from models.intake.application import Relationship
from specimens.dice import Dice
from specimens.people.counties import PLACES
from specimens.people.families import COUPLES, invent_family
from specimens.people.households import invent_household
from specimens.people.person import TODAY, add_years, card_term

SEEDS = range(60)


def families():
    for seed in SEEDS:
        dice = Dice(seed, "test")
        yield invent_family(dice, child_ages=((19, 8, 0), (7,), (30, 24), (3, 1))[seed % 4])


def test_every_number_is_valid_and_tells_birth_date_and_sex():
    for person in itertools.chain.from_iterable(f.people.values() for f in families()):
        number = parse_id_number(person.id_number, today=TODAY)
        assert isinstance(number, IdNumber)
        assert (number.birth_date, number.sex) == (person.birth_date, person.sex)


def test_every_name_can_be_a_name_and_is_borne_once_in_a_family():
    for family in families():
        names = [person.name for person in family.people.values()]
        assert all(is_name(name) for name in names), names
        assert len(set(names)) == len(names)


def test_children_have_the_ages_that_were_asked_for():
    for seed in SEEDS:
        family = invent_family(Dice(seed, "ages"), child_ages=(16, 15, 0))
        assert [family.people[f"child{i}"].age for i in (1, 2, 3)] == [16, 15, 0]


def test_parents_are_of_an_age_to_be_parents():
    for family in families():
        for key, parents in family.parents.items():
            for parent in filter(None, parents):
                gap = family.people[parent].age - family.people[key].age
                assert 16 <= gap <= 55, (key, parent, gap)


def test_husbands_and_wives_are_a_man_and_a_woman_of_age():
    for family in families():
        for man, woman in COUPLES:
            assert (family.people[man].sex, family.people[woman].sex) == ("男", "女")
            assert min(family.people[man].age, family.people[woman].age) >= 20


def test_the_place_table_is_wide_and_has_no_code_twice():
    assert len({place.code for place in PLACES}) == len(PLACES)
    assert len({place.code[:2] for place in PLACES}) >= 28


def test_card_terms_follow_the_law():
    for family in families():
        for person in family.people.values():
            term = card_term(person, Dice(person.birth_date.toordinal(), "card"))
            assert person.birth_date <= term.start <= TODAY
            age = person.age_on(term.start)
            years = 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else None
            assert term.until == (add_years(term.start, years) if years else None)
            assert term.until is None or term.until > TODAY


def test_an_expired_card_has_expired():
    for family in families():
        for key in ("father", "grandmother", "mother"):
            term = card_term(family.people[key], Dice(1, key), expired=True)
            assert term.until
            assert term.until < TODAY


WORDS = {
    Relationship.SPOUSE: {"夫", "妻", "配偶", "丈夫", "妻子"},
    Relationship.PARENT: {"父", "父亲", "母", "母亲"},
    Relationship.GRANDPARENT: {
        "祖父",
        "祖母",
        "爷爷",
        "奶奶",
        "外祖父",
        "外祖母",
        "外公",
        "外婆",
        "姥姥",
    },
    Relationship.SIBLING: {"兄", "哥哥", "弟", "弟弟", "姐", "姐姐", "妹", "妹妹"},
}


def test_relation_words_agree_with_the_family_graph():
    everybody = (
        "mother",
        "child1",
        "grandfather",
        "grandmother",
        "mothers_mother",
        "uncle",
        "cousin",
    )
    for number, family in enumerate(families()):
        house = invent_household(family, "father", everybody, Dice(number, "house"))
        for key, word in house.words.items():
            if key == "father":
                assert word == "户主"
                continue
            true = family.relationship("father", key)
            if true in WORDS:
                assert word in WORDS[true], (key, word)
            elif true is Relationship.CHILD:
                assert word.endswith(("子", "女", "女儿")), word
            else:
                assert word not in set().union(*WORDS.values()), (key, word)


def test_words_for_children_carry_their_sex():
    for number, family in enumerate(families()):
        children = tuple(key for key in family.people if key.startswith("child"))
        house = invent_household(family, "mother", children, Dice(number, "sexes"))
        for key in children:
            female = "女" in house.words[key]
            assert female == (family.people[key].sex == "女")


def test_who_is_no_relative_has_no_word():
    family = invent_family(Dice(5, "none"))
    with pytest.raises(ValueError, match="no word"):
        invent_household(family, "father", ("stranger",), Dice(5, "house"))


def test_relationships_are_inverse_to_each_other():
    family = invent_family(Dice(9, "inverse"), child_ages=(12, 9))
    for one, other in itertools.permutations(family.people, 2):
        assert family.relationship(one, other).inverse == family.relationship(other, one)
