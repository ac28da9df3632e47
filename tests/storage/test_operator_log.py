"""The operator's log: one JSON object a line, with the round at work, and no error's own words."""

import json
import logging
import logging.handlers
import multiprocessing

import pytest

from storage.audit.current_run import in_run
from storage.operator_log import DETAILS, OperatorLog, log_failure, start_log, working_on

WORDS = "张三 110105199001010021"


@pytest.fixture
def log(tmp_path):
    """A process's log in a home folder of its own; taken away again."""
    handler = start_log(tmp_path)
    yield handler
    for name in (DETAILS, "console", "flows", "models", "storage", "tasks"):
        logging.getLogger(name).removeHandler(handler)


def lines(handler):
    return [json.loads(line) for line in handler.path.read_text("utf-8").splitlines()]


def fails():
    raise ValueError(WORDS)


def failed():
    try:
        fails()
    except ValueError as error:
        return log_failure("cross-check", error)


def test_a_failure_is_written_with_its_whole_way_and_the_round_at_work(log):
    with in_run("run-7"), working_on("0f3a" * 8):
        failure = failed()
    (line,) = lines(log)
    assert line["event"] == "cross-check failed"
    assert line["level"] == "debug"
    assert line["subject"] == "0f3a" * 8
    assert line["run"] == "run-7"
    assert line["errors"] == [failure.errors[0].model_dump(mode="json")]
    assert line["errors"][0]["frames"][-1].startswith("tests/storage/test_operator_log.py:")


def test_no_word_of_an_error_reaches_the_file_whichever_way_it_is_logged(log):
    failed()
    try:
        fails()
    except ValueError:
        logging.getLogger("tasks.anything").exception("it failed")
    assert [line["errors"][0]["kind"] for line in lines(log)] == ["ValueError", "ValueError"]
    assert "张三" not in log.path.read_text("utf-8")


def test_details_go_nowhere_but_into_the_file(log):
    elsewhere = logging.handlers.BufferingHandler(100)
    logging.getLogger().addHandler(elsewhere)
    failed()
    logging.getLogger("tasks").warning("for everybody")
    logging.getLogger().removeHandler(elsewhere)
    assert [record.getMessage() for record in elsewhere.buffer] == ["for everybody"]
    assert [line["event"] for line in lines(log)] == ["cross-check failed", "for everybody"]


def test_outside_of_a_round_a_line_names_none(log):
    logging.getLogger("storage").warning("something")
    (line,) = lines(log)
    assert "subject" not in line
    assert line["logger"] == "storage"


def test_another_home_s_log_takes_the_place_of_the_first(log, tmp_path):
    second = start_log(tmp_path / "second")
    failed()
    assert not log.path.exists()
    assert len(lines(second)) == 1
    logging.getLogger(DETAILS).removeHandler(second)


def test_a_full_file_gives_way_and_the_oldest_is_dropped(tmp_path):
    handler = OperatorLog(tmp_path, max_bytes=1)
    for number in range(9):
        handler.emit(logging.makeLogRecord({"msg": str(number), "levelname": "INFO"}))
    kept = {path.name: json.loads(path.read_text())["event"] for path in files(handler)}
    assert kept == {"kinbind.log": "8"} | {f"kinbind.log.{n}": str(8 - n) for n in range(1, 6)}


def files(handler):
    return [path for path in handler.path.parent.iterdir() if ".log" in path.name]


def write_many(home):
    handler = OperatorLog(home, max_bytes=4_000)
    for number in range(50):
        handler.emit(logging.makeLogRecord({"msg": f"{number}", "levelname": "INFO"}))


def test_processes_that_write_at_once_lose_no_line(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(tmp_path,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    read = [line for path in files(OperatorLog(tmp_path)) for line in path.read_text().splitlines()]
    assert len(read) == 100
    assert all(json.loads(line)["event"].isdecimal() for line in read)


def test_only_the_owner_can_read_it(log):
    failed()
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "logs").write_text("a file in its place")
    OperatorLog(tmp_path).emit(logging.makeLogRecord({"msg": "lost"}))
    assert (tmp_path / "logs").read_text() == "a file in its place"
