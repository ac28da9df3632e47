"""What is installed from a wheel starts in an empty folder, without a checkout beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = {"console", "flows", "kinbind", "models", "specimens", "storage", "tasks"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel's files where they come before the checkout's."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(installed, folder, code):
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_a_wheel_carries_the_product_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == PRODUCT


def test_a_wheel_carries_every_file_of_the_policies(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packaged = {
            name.removeprefix("storage/policies/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("storage/policies/")
        }
    folder = ROOT / "policies"
    kept = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}
    assert packaged == kept


def test_an_installed_wheel_diagnoses_itself_with_its_own_policies(installed, tmp_path):
    shown = python(
        installed,
        tmp_path,
        "import sys; sys.argv = ['kinbind', 'doctor']; from console.cli import main; main()",
    )
    assert str(installed / "storage" / "policies") in shown


def test_an_installed_wheel_finds_the_plan_of_its_deployments(installed, tmp_path):
    place = python(
        installed, tmp_path, "from console.server.orchestrator.deployments import PLAN; print(PLAN)"
    )
    assert Path(place) == installed / "console" / "server" / "orchestrator" / "prefect.yaml"
    assert Path(place).read_bytes() == (ROOT / "prefect.yaml").read_bytes()
