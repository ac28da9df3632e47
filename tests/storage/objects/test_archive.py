"""Values in the archive: kept once, known by a digest that tells nothing about them."""

import pytest

from models.deadline import Deadline
from models.errors import IntegrityError
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive
from storage.objects.open_store import open_store
from storage.objects.store import PutResult
from storage.settings import Settings

MONDAY = Deadline(day="2026-11-23", provisional=False)
FRIDAY = Deadline(day="2026-11-27", provisional=True)


@pytest.fixture
def archive(tmp_path):
    settings = Settings(home=tmp_path)
    return Archive(open_store(settings), Keyring.open(settings))


def test_a_value_is_made_once_and_found_from_then_on(archive):
    made = []

    def make():
        made.append(1)
        return MONDAY

    first = archive.find_or_keep("checks/one", Deadline, make)
    second = archive.find_or_keep("checks/one", Deadline, make)
    assert (first.record, len(made)) == (MONDAY, 1)
    assert second == first


def test_of_two_that_make_it_at_once_both_get_the_first_one_s(archive):
    def make_while_another_does():
        assert archive.put_record("checks/one", MONDAY) is PutResult.CREATED
        return FRIDAY

    kept = archive.find_or_keep("checks/one", Deadline, make_while_another_does)
    assert kept.record == MONDAY
    assert archive.find_or_keep("checks/one", Deadline, lambda: FRIDAY).digest == kept.digest


def test_with_its_digest_the_very_object_is_given(archive):
    kept = archive.find_or_keep("checks/one", Deadline, lambda: MONDAY)
    assert archive.get_record("checks/one", Deadline, kept.digest) == MONDAY


def test_another_object_than_the_one_handed_on_is_refused(archive):
    handed_on = archive.find_or_keep("checks/one", Deadline, lambda: MONDAY).digest
    archive.delete("checks/one")
    archive.put_record("checks/one", MONDAY)
    with pytest.raises(IntegrityError, match="not the one that was handed on"):
        archive.get_record("checks/one", Deadline, handed_on)


def test_equal_values_have_different_digests_so_that_none_tells_what_it_names(archive):
    one = archive.find_or_keep("checks/one", Deadline, lambda: MONDAY)
    two = archive.find_or_keep("checks/two", Deadline, lambda: MONDAY)
    assert one.digest != two.digest
    assert len(one.digest) == 64
