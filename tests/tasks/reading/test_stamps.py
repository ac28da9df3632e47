"""Stamps that end a registration card."""

import pytest

from models.document import DocumentKind
from models.reason import Code
from specimens.applications import each_application
from specimens.situations.catalogue import SITUATIONS
from tasks.reading.read_file import read_file


@pytest.mark.engine
@pytest.mark.parametrize("seed", [11, 12])
def test_a_cancelled_page_is_seen_and_the_others_of_its_book_are_not_blamed(seed):
    (application,) = each_application([SITUATIONS["cancelled_page"]], seed, "scan")
    found = {}
    for file, data in application.files.items():
        for paper in read_file(file, data):
            if paper.reading.kind is DocumentKind.HUKOU_MEMBER:
                found[file] = Code.E03 in {f.code for f in paper.reading.findings}
    assert sorted(found.values()) == [False] * (len(found) - 1) + [True]
