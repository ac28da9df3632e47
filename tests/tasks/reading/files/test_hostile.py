"""Hundreds of hostile uploads: none breaks reading, none takes long, each is told what it is."""

import os
import resource
import time

import pytest

from tasks.reading.files import pdf
from tasks.reading.files.decode import decode_scaled, inspect_image
from tasks.reading.files.picture import ImageFault
from tasks.reading.read_file import read_file
from tests.tasks.reading.files.hostile import by_hand, hostile_files

COUNT = int(os.environ.get("HOSTILE", "120"))
"""`HOSTILE=450 make test T=tests/tasks/reading/files` tries more of them than every day."""
SECONDS_A_FILE = 20.0
GROWTH = 1_500  # megabytes that the worst file may take beyond what was in use before
SLOW = {"pdf of a form that draws itself for ever", "pdf with a picture bomb"}


def spent():
    own, started = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.engine
def test_no_upload_breaks_decoding_takes_long_or_fills_the_memory(monkeypatch):
    # One of them spends all that a PDF may; what ends it is the same limit, only sooner.
    assert pdf.CPU_SECONDS < SECONDS_A_FILE
    monkeypatch.setattr(pdf, "CPU_SECONDS", 2)
    before = megabytes()
    kinds = set()
    for flaw, content in hostile_files(seed=11, count=COUNT):
        start = spent()
        facts = inspect_image(content)
        pages = decode_scaled(content, max_side=1600)
        assert spent() - start < SECONDS_A_FILE, flaw
        if isinstance(pages, ImageFault):
            kinds.add(pages.reason)
            assert pages.reason.zh, flaw
        else:
            assert not isinstance(facts, ImageFault), flaw
            assert all(page.image.shape[2] == 3 and page.image.size for page in pages), flaw
    assert megabytes() - before < GROWTH
    assert len(kinds) >= 5, kinds


@pytest.mark.engine
def test_a_hostile_upload_gets_a_reading_with_a_finding_or_a_plain_one(subtests):
    for hostile in by_hand():
        if hostile.flaw in SLOW:
            continue
        with subtests.test(hostile.flaw):
            start = time.process_time()
            papers = read_file("a.jpg", hostile.content)
            assert time.process_time() - start < SECONDS_A_FILE
            for paper in papers:
                assert paper.reading.findings or paper.reading.quality
