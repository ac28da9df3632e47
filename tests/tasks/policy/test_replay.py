import datetime as dt
import shutil
from pathlib import Path

import pytest

from storage.policy.policies import PolicyRepository
from tasks.policy.replay import replay_policies
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    application,
    child_by_certificate,
    dossier,
    page,
    spouse,
)
from tests.tasks.policy.conftest import RECEIVED

FOLDER = Path(__file__).parents[3] / "policies"
FIRST = dt.date(2026, 11, 1)


@pytest.fixture
def other(tmp_path):
    """Policies with changes: `other(("old", "new"))`."""

    def altered(*changes: tuple[str, str]) -> PolicyRepository:
        folder = Path(shutil.copytree(FOLDER, tmp_path / "other"))
        path = folder / "national.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return PolicyRepository.load(folder)

    return altered


def without_cover():
    book = page(FATHER, "户主"), page(CHILD, "长女")
    return dossier(application(FATHER, CHILD, "child"), *book)


def test_the_same_policies_change_nothing(repositories, decided, other):
    decided(child_by_certificate(), "A1")
    decided(spouse(), "A2")
    found = replay_policies(repositories, other(), FIRST)
    assert (found.replayed, found.unchanged, found.flips) == (2, 2, ())


def test_a_stricter_policy_shows_whose_outcome_would_be_another_and_why(
    repositories, decided, other
):
    decided(spouse(), "A1")
    decided(without_cover(), "A2")
    found = replay_policies(
        repositories, other(("hukou_cover: optional", "hukou_cover: wanted")), FIRST
    )
    assert found.unchanged == 1
    (flip,) = found.flips
    assert (flip.was, flip.becomes) == ("approved", "in_review")
    assert flip.applications == ("A2",)
    assert (flip.added, flip.removed) == ({"D12": 1}, {})


def test_only_applications_since_the_day_count(repositories, decided, other):
    decided(child_by_certificate(), "A1")
    later = (RECEIVED + dt.timedelta(days=1)).astimezone().date()
    assert replay_policies(repositories, other(), later).replayed == 0


def test_applications_without_a_policy_there_are_counted(repositories, decided, other):
    decided(child_by_certificate(), "A1")
    ended = ('region: "00"\neffective_from: 2021-04-22\n',)
    shelf = other((ended[0], f"{ended[0]}effective_until: 2026-10-31\n"))
    assert replay_policies(repositories, shelf, FIRST).without_policy == 1


def test_a_replay_writes_nothing_and_tells_no_names(repositories, decided, other, settings):
    decided(without_cover(), "A1")
    shelf = other(("hukou_cover: optional", "hukou_cover: wanted"))

    def content() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in settings.home.rglob("*") if p.is_file()}

    before = content()
    text = replay_policies(repositories, shelf, FIRST).model_dump_json()
    assert content() == before
    assert FATHER.name not in text
    assert FATHER.number not in text
