"""Reading in a process of its own: the same readings, and nothing but the process dies."""

import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from models.errors import MissingPartError
from models.reading.document import DocumentKind as K
from specimens.applications.draw_paper import draw_paper
from tasks.reading.files.decode import inspect_image
from tasks.reading.process.contained_reader import (
    ContainedReader,
    ProcessEnd,
    ReadingEndedError,
    ReadingFailedError,
)
from tasks.reading.process.reading_budget import ReadingBudget
from tasks.reading.read_file import read_file

pytestmark = pytest.mark.engine
SMALL = ReadingBudget(memory=300 * 2**20, file_seconds=1, page_seconds=1)


@pytest.fixture(scope="module")
def card():
    return draw_paper(K.ID_CARD_PORTRAIT, 3, "scan").data


@pytest.fixture(scope="module")
def reader():
    contained = ContainedReader()
    yield contained
    contained.close()


@pytest.fixture
def obedient(obedient_program):
    contained = ContainedReader(SMALL, program=obedient_program)
    yield contained
    contained.close()


def bomb(side):
    """A PNG of one colour with transparency: a megabyte that takes gigabytes to convert."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    row = b"\0" + b"\xff\xff\xff\x80" * side
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_it_reads_what_is_read_in_this_process(reader, card):
    (mine,) = read_file("01.jpg", card, hint=K.HUKOU_COVER)
    (theirs,) = reader.read("01.jpg", card, hint=K.HUKOU_COVER)
    assert theirs.reading.model_copy(update={"seconds": mine.reading.seconds}) == mine.reading
    assert theirs.portrait == mine.portrait
    assert reader.inspect(card).facts == inspect_image(card)
    assert reader.show(card, 1).startswith(b"\xff\xd8")
    assert reader.show(card, 2) is None


def test_the_process_has_none_of_our_secrets_and_no_network(reader, monkeypatch, card):
    reader.close()
    monkeypatch.setenv("KINBIND_S3_SECRET_KEY", "a-key-of-ours")
    reader.inspect(card)
    environ = Path(f"/proc/{reader._process.pid}/environ").read_text()
    assert "PATH=" in environ
    assert "a-key-of-ours" not in environ
    if sys.platform == "linux" and os.geteuid() == 0:
        assert reader.network == "none"
        theirs = Path(f"/proc/{reader._process.pid}/ns/net").readlink()
        assert theirs != Path("/proc/self/ns/net").readlink()


def test_a_picture_of_gigabytes_ends_the_process_and_the_next_one_is_read(card):
    small = ContainedReader(SMALL)
    with pytest.raises(ReadingEndedError) as ended:
        small.show(bomb(8900), 1)
    assert ended.value.cause is ProcessEnd.MEMORY
    assert small.inspect(card).facts.format == "JPEG"
    small.close()


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"ABORT", ProcessEnd.CRASH),
        (b"HANG", ProcessEnd.TIME),
        (b"EAT", ProcessEnd.MEMORY),
    ],
)
def test_what_ends_the_process_is_told_by_its_kind(obedient, content, cause):
    with pytest.raises(ReadingEndedError) as ended:
        obedient.inspect(content)
    assert ended.value.cause is cause
    assert obedient.inspect(b"no picture").facts.reason == "not_an_image"


def test_a_defect_is_told_by_kind_and_place(obedient):
    with pytest.raises(
        ReadingFailedError, match=r"^ValueError at obedient_reading_process\.py:\d+"
    ):
        obedient.inspect(b"DEFECT")


def test_the_process_ends_with_the_one_that_asked(reader, card):
    reader.inspect(card)
    process, reader._process = reader._process, None
    reader.close()
    deadline = time.monotonic() + 10
    while process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)


_PARENT = """
import pathlib, sys, threading, time
from tasks.reading.process.contained_reader import ContainedReader
reader = ContainedReader(program=sys.argv[1])
work = threading.Thread(target=reader.inspect, args=(b"STAY" + sys.argv[2].encode(),), daemon=True)
work.start()
while not pathlib.Path(sys.argv[2]).exists():
    time.sleep(0.02)
if sys.argv[3] == "killed":
    time.sleep(60)
"""


def _lives(process):
    """Whether it is neither gone nor dead and not collected yet by its new parent."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="the signal of a closed pipe is Linux's")
@pytest.mark.parametrize("end", ["killed", "exits"])
def test_nothing_is_left_of_a_process_at_work_when_its_worker_ends(obedient_program, tmp_path, end):
    """Neither the process, whose decoder holds the interpreter, nor what it started."""
    told = tmp_path / "told"
    program = [sys.executable, "-c", _PARENT, obedient_program, str(told), end]
    with subprocess.Popen(program, cwd=Path(__file__).parents[4]) as worker:
        deadline = time.monotonic() + 60
        while not told.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        processes = told.read_text().split()
        assert end == "exits" or all(map(_lives, processes))
        if end == "killed":
            worker.kill()
        worker.wait()
    deadline = time.monotonic() + 10
    while any(map(_lives, processes)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_process_that_cannot_begin_is_the_machine_s_lack_and_no_picture_s_fault(card):
    broken = ContainedReader(program="tasks.reading.process.no_such_module")
    with pytest.raises(MissingPartError, match="doctor"):
        broken.read("01.jpg", card)
