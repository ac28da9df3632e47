import pytest

from models.reading.document import FieldReading
from models.reading.written_date import LONG_TERM
from tests.tasks.checks.dossiers import SHELF_POLICY

RULES = SHELF_POLICY.reading
LEAST = RULES.confidence


def read(value, confidence, second=None, *, long_term=False):
    return FieldReading(value=value, confidence=confidence, second=second, long_term=long_term)


@pytest.mark.parametrize(
    ("field", "reading", "trusted"),
    [
        ("name", read("沈建国", LEAST.name), True),
        ("name", read("沈建国", LEAST.name - 0.001), False),
        ("name", read(None, 1.0), False),
        ("name", None, False),
        ("id_number", read("33010219880312101X", LEAST.number, "33010219880312101x"), True),
        ("id_number", read("33010219880312101X", 1.0, "330102198803121010"), False),
        ("birth_time", read("2019-05-06T08:15", LEAST.date, "2019-05-06T08:45"), True),
        ("birth_time", read("2019-05-06T08:15", LEAST.date, "2019-05-08T08:15"), False),
        ("birth_date", read("2019-05-06", LEAST.date - 0.001), False),
        ("valid_until", read("2038-04-02", LEAST.date - 0.001), False),
        ("relation_to_householder", read("长女", LEAST.relation_word), True),
        ("relation_to_householder", read("长女", LEAST.relation_word - 0.001), False),
        ("address", read("清波街道", LEAST.other), True),
        ("address", read("清波街道", LEAST.other - 0.001), False),
    ],
)
def test_a_field_is_trusted_from_its_least_confidence_on(field, reading, trusted):
    assert RULES.trusts(field, reading) is trusted


@pytest.mark.parametrize(
    ("reading", "trusted"),
    [
        (read(None, LEAST.date, long_term=True), True),
        (read(None, LEAST.date, LONG_TERM, long_term=True), True),
        (read(None, LEAST.date, "2038-04-02", long_term=True), False),
        (read(None, LEAST.date - 0.001, long_term=True), False),
        (read(None, 1.0), False),
        (None, False),
    ],
)
def test_a_long_term_is_trusted_likewise(reading, trusted):
    assert RULES.trusts_long_term(reading) is trusted


@pytest.mark.parametrize("key", ["parent_min_years", "grandparent_min_years", "sibling_min_months"])
def test_a_place_may_ask_for_no_gap_at_all(key):
    plausibility = SHELF_POLICY.plausibility
    none = type(plausibility).model_validate(plausibility.model_dump() | {key: 0})
    assert getattr(none, key) == 0
