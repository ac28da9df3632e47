"""One run of the main job over the demonstration, shared by the tests that look at it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

KINBIND = Path(sys.executable).with_name("kinbind")


class Journey(NamedTuple):
    """A finished run: its inbox, its home, what it printed, its results by application."""

    inbox: Path
    home: Path
    env: dict[str, str]
    printed: str
    outcomes: dict[str, dict[str, Any]]


def kinbind(*words, env, check=None, typed=""):
    """Run the command as a person would, who types these lines."""
    done = subprocess.run(
        [KINBIND, *map(str, words)],
        env=os.environ | env,
        capture_output=True,
        input=typed,
        text=True,
        check=False,
        timeout=280,
    )
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


def results(path):
    """A results file by application."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return {line["application_id"]: line for line in lines}


@pytest.fixture(scope="session")
def inbox(tmp_path_factory):
    """The demonstration's applications, and one folder that is no application."""
    folder = tmp_path_factory.mktemp("inbox")
    from specimens.applications.write_specimens import write_demo

    write_demo(folder, seed=3, level="scan")
    broken = folder / "broken"
    broken.mkdir()
    (broken / "application.json").write_text("{")
    return folder


@pytest.fixture(scope="session")
def journey(inbox, orchestrator_url, tmp_path_factory):
    """The main job, once, over the demonstration."""
    home = tmp_path_factory.mktemp("home")
    _, env = orchestrator_url
    env = env | {"KINBIND_HOME": str(home)}
    file = home.parent / "results.jsonl"
    done = kinbind("run", inbox, "--results", file, env=env)
    assert file.exists(), done.stdout + done.stderr
    return Journey(inbox, home, env, done.stdout + done.stderr, results(file))
