"""The steps as tasks: what run history and log say of a failure, and under which name they are."""

import json

import pytest

from flows import steps
from models.errors import MissingPartError, StaleProcessError, StorageUnavailableError
from storage.audit.chain.log_guard import LogContradictedError
from storage.bootstrap import current_repositories
from tasks.reading.process.contained_reader import ReadingFailedError

ROUND = "0f3a9c21" * 4


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The log of a home folder that this process works in."""
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path))
    current_repositories.cache_clear()
    yield tmp_path / "logs" / "kinbind.log"
    current_repositories().close()
    current_repositories.cache_clear()


def as_task(step):
    """A step with what it has as a task: its type names only how flows call it."""
    return step


def test_a_failed_step_says_kind_and_place_and_the_log_the_whole_way(log):
    with pytest.raises(steps.StepFailedError) as raised:
        as_task(steps.cross_check).fn(ROUND, "digest", None)
    assert raised.match(r"^cross-check: RoundMissingError at round_rows\.py:\d+$")
    (line,) = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert (line["event"], line["subject"]) == ("cross-check failed", ROUND)
    (error,) = line["errors"]
    assert [frame.rpartition(":")[0] for frame in error["frames"]] == [
        "flows/steps.py",
        "flows/steps.py",
        "tasks/verification/cross_check.py",
        "tasks/rounds/round_context.py",
        "storage/cases/case_repository.py",
        "storage/cases/round_rows.py",
    ]


def test_a_defect_in_the_reading_process_is_named_by_its_place_there(log):
    @steps._step("read", "{round_id:.8}")
    def read(round_id):
        raise ReadingFailedError("ValueError at cut_lines.py:12")

    with pytest.raises(steps.StepFailedError, match=r"^read: ValueError at cut_lines\.py:12$"):
        as_task(read).fn(ROUND)
    current_repositories()


@pytest.mark.parametrize(
    "error",
    [MissingPartError("no reader"), StaleProcessError("rotated"), LogContradictedError(1, 2)],
    ids=["nothing to read with", "the master key was rotated", "an older database"],
)
def test_what_every_application_lacks_ends_the_run_in_its_own_words(log, error):
    @steps._step("work", "{round_id:.8}")
    def work(round_id):
        raise error

    with pytest.raises(type(error), match=str(error)):
        as_task(work).fn(ROUND)
    current_repositories()


def test_a_store_that_does_not_answer_is_logged_and_asked_again(log):
    @steps._step("reach the store", "{round_id:.8}")
    def reach(round_id):
        assert round_id == ROUND
        raise StorageUnavailableError("away")

    with pytest.raises(StorageUnavailableError):
        as_task(reach).fn(ROUND)
    current_repositories()
    assert as_task(reach).retries == 3
    assert as_task(reach).retry_condition_fn is steps._infrastructure_failed


@pytest.mark.parametrize(
    ("step", "name"),
    [
        (steps.read_documents, "read documents {round_id:.8}"),
        (steps.compare_stated_values, "compare stated values {round_id:.8}"),
        (steps.compare_faces, "compare faces {round_id:.8}"),
        (steps.cross_check, "cross-check {round_id:.8}"),
        (steps.decide, "decide {round_id:.8}"),
        (steps.hand_to_person, "hand to a person {round_id:.8}"),
        (steps.settle_review, "settle review {review_id:.8}"),
        (steps.close_batch, "close batch {batch_id}"),
    ],
)
def test_a_step_is_found_in_the_run_history_by_what_it_works_on(step, name):
    assert step.task_run_name == name
    assert name.format(round_id=ROUND, review_id=ROUND, batch_id="B1").endswith(("0f3a9c21", "B1"))


def test_no_step_keeps_its_result_in_the_orchestrator():
    assert not any(step.persist_result for step in (steps.read_documents, steps.decide))
