"""What other accounts of the machine may do with a home: nothing."""

import subprocess
import sys

import pytest

from models.errors import SettingError
from storage.bootstrap import using_repositories
from storage.private_files import close_home, create_private
from storage.settings import Settings


def modes(home):
    return {
        path.relative_to(home).as_posix(): path.stat().st_mode & 0o777 for path in home.rglob("*")
    }


def test_a_home_that_was_open_to_others_is_closed_at_the_next_start(tmp_path):
    home = tmp_path / "home"
    with using_repositories(Settings(home=home)):
        pass
    (home / "logs").mkdir(exist_ok=True)
    for path in (home, home / "case.db", home / "logs", home / "objects"):
        path.chmod(0o755)
    (home / "orchestrator").mkdir(mode=0o755)
    (home / "orchestrator/prefect.db").touch(0o644)
    with using_repositories(Settings(home=home)):
        assert home.stat().st_mode & 0o777 == 0o700
        assert not {path: mode for path, mode in modes(home).items() if mode & 0o077}


def test_what_sqlite_makes_is_closed_from_its_first_moment(tmp_path):
    with using_repositories(Settings(home=tmp_path / "home")):
        made = {p: m for p, m in modes(tmp_path / "home").items() if p.startswith("case.db")}
    assert made
    assert not any(mode & 0o077 for mode in made.values())


def test_a_folder_that_everybody_shares_is_no_home(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(SettingError, match="belongs to another user or to everybody"):
        close_home(shared)
    assert shared.stat().st_mode & 0o1777 == 0o1777


def test_the_first_content_of_a_private_file_stays(tmp_path):
    create_private(tmp_path / "secret", b"first")
    create_private(tmp_path / "secret", b"second")
    assert (tmp_path / "secret").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_what_a_process_of_ours_starts_leaves_no_core_opens_no_file_and_imports_nothing_planted(
    tmp_path,
):
    (tmp_path / "colorsys.py").write_text("raise SystemExit('planted')")
    program = (
        "import pathlib, subprocess, sys; from storage.private_files import harden_process;"
        "harden_process(); subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"
    )
    child = (
        "import colorsys, pathlib, resource; pathlib.Path('made').touch();"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, child], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == str((0, 0))
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0
