"""How many modules of the project a photograph, or an application, passes.

    .venv/bin/python -m benchmarks.source.modules_passed photograph
    .venv/bin/python -m benchmarks.source.modules_passed photograph --each --list
    .venv/bin/python -m benchmarks.source.modules_passed application --list

A module counts when one of its functions runs in this process; what runs while a module is
imported does not. `photograph` reads one page of a hukou book and one identity card by
`read_file`. `application` takes one drawn application in and passes it through the steps of a
round, called plainly: no orchestrator, which adds `flows`.
"""

import argparse
import inspect
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from benchmarks.scale.cpu_by_stage import run_steps
from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from specimens.applications.write_specimens import write_specimens
from storage.bootstrap import open_repositories
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.reading.read_file import read_file

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("console", "flows", "models", "storage", "tasks")
PAPERS: Final = (DocumentKind.HUKOU_MEMBER, DocumentKind.ID_CARD_PORTRAIT)


def main() -> None:
    """Print the count, and the modules where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("photograph", "application"))
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--level", default="phone")
    parser.add_argument("--each", action="store_true", help="count each photograph by itself")
    parser.add_argument("--list", action="store_true", help="name the modules")
    chosen = parser.parse_args()
    counted = (
        _photographs(chosen.seed, chosen.level)
        if chosen.what == "photograph"
        else {"one application": _application(chosen.seed, chosen.level)}
    )
    for name, modules in counted.items() if chosen.each or len(counted) == 1 else ():
        _report(name, modules, named=chosen.list)
    if len(counted) > 1:
        _report("together", set().union(*counted.values()), named=chosen.list)


def _photographs(seed: int, level: str) -> dict[str, set[str]]:
    """The modules that each photograph passes."""
    passed = {}
    for kind in PAPERS:
        content = draw_paper(kind, seed, level).data
        with modules_passed() as modules:
            read_file("page.jpg", content)
        passed[kind.value] = modules
    return passed


def _application(seed: int, level: str) -> set[str]:
    """The modules that one application passes from the inbox to its outcome."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_specimens(folder / "inbox", count=1, seed=seed, level=level)
        repositories = open_repositories(Settings(home=folder / "home"))
        with modules_passed() as modules:
            (round_id,) = take_in_inbox(repositories, str(folder / "inbox"), shard=1).round_ids
            for _ in run_steps(repositories, round_id):
                pass
        outcome = repositories.cases.get(round_id).outcome
        repositories.close()
    print(f"outcome: {outcome}")
    return modules


@contextmanager
def modules_passed() -> Iterator[set[str]]:
    """Collect the project's modules of which a function runs inside the block."""
    passed: set[str] = set()
    other: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:  # noqa: ANN401 - as Python calls it
        file = frame.f_code.co_filename
        if event != "call" or file in passed or file in other:
            return
        if not _of_the_project(file):
            other.add(file)
        elif frame.f_code.co_flags & inspect.CO_OPTIMIZED and not _is_import(frame):
            passed.add(file)

    sys.setprofile(note)
    try:
        yield passed
    finally:
        sys.setprofile(None)
        named = {str(Path(file).relative_to(ROOT)) for file in passed}
        passed.clear()
        passed |= named


def _of_the_project(file: str) -> bool:
    place = Path(file)
    return place.is_relative_to(ROOT) and place.relative_to(ROOT).parts[0] in ROOMS


def _is_import(frame: FrameType | None) -> bool:
    """Whether a module's own body, and so an import, is among the callers."""
    while frame is not None and not frame.f_code.co_filename.startswith(str(ROOT / "benchmarks")):
        if frame.f_code.co_name == "<module>":
            return True
        frame = frame.f_back
    return False


def _report(name: str, modules: set[str], *, named: bool) -> None:
    print(f"{name}: {len(modules)} modules")
    for module in sorted(modules) if named else ():
        print(f"  {module}")


if __name__ == "__main__":
    main()
