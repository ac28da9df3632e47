"""Logs under attack stay short and say how much they left out."""

import logging
import time

from console.server.processes import bound_log
from console.server.repetition import RepetitionFilter, limit_unhandled


def test_of_a_thousand_lines_of_a_kind_a_few_are_written_and_then_how_many_were_not():
    written: list[str] = []
    logger = logging.getLogger("attacked")
    logger.addFilter(RepetitionFilter(span_seconds=0.3))
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    logger.propagate = False
    for number in range(1000):
        logger.warning("refused %d", number)
    logger.warning("something else")
    assert written == [*(f"refused {n}" for n in range(5)), "something else"]
    time.sleep(0.4)
    logger.warning("refused %d", 1000)
    assert written[-1] == "refused 1000 (995 more of this kind were left out)"


def test_a_package_that_nobody_gave_a_log_repeats_itself_no_more(capsys, monkeypatch):
    """As the parser of forms does, a line for each request of anybody."""
    unhandled = logging.lastResort
    monkeypatch.setattr(unhandled, "filters", [])
    limit_unhandled()
    for number in range(1000):
        words = "Expected boundary character %r, got %r at index %d"
        unhandled.handle(logging.makeLogRecord({"msg": words, "args": (45, number, 2)}))
    assert capsys.readouterr().err.count("Expected boundary") == 5


def test_a_log_that_grew_too_large_begins_anew_under_the_program_that_writes_it(tmp_path):
    path = tmp_path / "server.log"
    with path.open("ab") as log:
        log.write(b"x" * 2000)
        log.flush()
        bound_log(path, max_bytes=1000)
        log.write(b"new")
        log.flush()
    assert path.read_bytes() == b"new"
    assert (tmp_path / "server.log.1").read_bytes() == b"x" * 2000
