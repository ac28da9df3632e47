"""Every notebook over a history, over one round, over empty tables, and over none."""

import datetime as dt
import io

import numpy as np
import pytest
from PIL import Image

from benchmarks.history.record import record_history
from models.decision.decision import Outcome
from specimens.history.simulate import simulate
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.policy.replay import Flip, Replay
from tasks.policy.replay_table import write_replay_table
from tasks.reports.dataset.publish_dataset import publish_dataset
from tests.notebooks.executed import NAMES, execute

SIZES = ("history", "one", "empty", "nothing")
FEWEST = {
    "picture_quality": 3,
    "rejection_reasons": 5,
    "false_approvals": 1,
    "fairness": 5,
    "reading_quality": 3,
    "workload": 4,
    "policy_whatif": 3,
}
"""Pictures over the history."""
REPLAY = Replay(
    since=dt.date(2026, 10, 1),
    replayed=100,
    unchanged=91,
    kept={Outcome.APPROVED: 60, Outcome.RETURNED: 31},
    skipped=2,
    without_policy=0,
    flips=(
        Flip(
            was=Outcome.RETURNED,
            becomes=Outcome.APPROVED,
            applications=tuple(f"A{number}" for number in range(9)),
            added={},
            removed={"D06": 9},
        ),
    ),
)


@pytest.fixture(scope="module")
def folders(history, tmp_path_factory):
    """Where the tables of each size lie."""
    home = tmp_path_factory.mktemp("sizes")
    for name, count in (("one", 1), ("empty", 0)):
        with using_repositories(Settings(home=home / f"home-{name}", anonymity=1)) as office:
            record_history(office, simulate(count, seed=612, days=3), seed=612)
            publish_dataset(office, str(home / name))
    return {"history": history.tables, **{name: home / name for name in SIZES[1:]}}


@pytest.fixture(scope="module")
def shown(folders, tmp_path_factory):
    """What each notebook shows for each size."""
    replay = tmp_path_factory.mktemp("replay") / "replay.parquet"
    write_replay_table(REPLAY, replay)
    asked = [(name, size) for name in NAMES for size in SIZES]
    told = execute([(n, folders[s], replay if s == "history" else None) for n, s in asked])
    return dict(zip(asked, told, strict=True))


def test_each_notebook_is_known_here():
    assert set(NAMES) == set(FEWEST)


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_with_the_answer_and_draws_it_without_a_warning(shown, name):
    told = shown[name, "history"]
    assert len(told.pictures) >= FEWEST[name]
    assert any(character.isdigit() for character in told.sentences[0])
    for picture in told.pictures:
        pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("L"))
        assert pixels.shape[1] > 1000
        assert np.ptp(pixels[: pixels.shape[0] // 4]) > 100, "the title is missing"
    assert [w for size in SIZES for w in shown[name, size].warnings] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", ["empty", "nothing"])
def test_without_rows_it_says_what_to_do(shown, name, size):
    told = shown[name, size]
    assert told.pictures == []
    assert "kinbind dataset" in told.sentences[0]


def test_a_replay_is_told_by_its_counts(shown):
    sentence = shown["policy_whatif", "history"].sentences[0]
    assert "重审 100 份申请，9 份结果不同" in sentence
    assert "由 60 份变为 69 份" in sentence
