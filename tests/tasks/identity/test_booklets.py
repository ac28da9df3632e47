"""Which pages lie in one book: by number, else by householder, else for want of another."""

import pytest

from tasks.identity.booklets import book_number, group_pages
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    GRANDPA,
    MOTHER,
    SHELF_POLICY,
    birth,
    cover,
    field,
    page,
)

NONE = field(None, 0.99)
FIRST, SECOND = "330102001234", "330102009999"


def grouped(*readings):
    """The book of each reading, by the order in which the books turn up, and who is doubtful."""
    found = group_pages(readings, SHELF_POLICY.reading)
    names = {book: i for i, book in enumerate(dict.fromkeys(found.book_of.values()))}
    return {i: names[book] for i, book in found.book_of.items()}, set(found.doubtful)


@pytest.mark.parametrize(
    ("readings", "books", "doubtful"),
    [
        pytest.param(
            (cover(FATHER), page(FATHER, "户主"), birth(CHILD, MOTHER, FATHER)),
            {0: 0, 1: 0},
            set(),
            id="a certificate lies in no book",
        ),
        pytest.param(
            (page(FATHER, "户主"), page(CHILD, "长女", household_number=SECOND)),
            {0: 0, 1: 1},
            set(),
            id="two numbers, two books",
        ),
        pytest.param(
            (page(FATHER, "户主"), page(CHILD, "长女", household_number="330102001235")),
            {0: 0, 1: 0},
            {1},
            id="a digit that may be misread",
        ),
        pytest.param(
            (page(FATHER, "户主"), page(CHILD, "长女", household_number=field(FIRST, 0.5))),
            {0: 0, 1: 0},
            {1},
            id="the same number read weakly",
        ),
        pytest.param(
            (
                page(FATHER, "户主", household_number=FIRST),
                page(GRANDPA, "户主", household_number=SECOND),
                cover(GRANDPA, household_number=NONE),
            ),
            {0: 0, 1: 1, 2: 1},
            {2},
            id="a cover without a number lies with its householder",
        ),
        pytest.param(
            (
                page(FATHER, "户主", household_number=NONE),
                page(CHILD, "长女", household_number=NONE),
            ),
            {0: 0, 1: 0},
            {0, 1},
            id="without any number there is one book, in doubt",
        ),
    ],
)
def test_pages_are_put_into_books(readings, books, doubtful):
    assert grouped(*readings) == (books, doubtful)


@pytest.mark.parametrize(
    ("printed", "tells"),
    [
        *(("330102001234", True), ("0012", True), ("A-12-3", True), ("0110", True)),
        *(("0000", False), ("A000", False), ("012", False), ("1", False), ("无", False)),
    ],
)
def test_a_number_that_any_book_may_show_is_none(printed, tells):
    shown = book_number(page(FATHER, "户主", household_number=printed))
    assert shown == (printed.replace("-", "") if tells else None)
