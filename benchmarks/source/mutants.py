"""Would the tests notice? Change one thing at a time in the deciding code and run its tests.

    .venv/bin/python -m benchmarks.source.mutants --each 12 --out mutants.jsonl
    .venv/bin/python -m benchmarks.source.mutants --each 12 --rows

A mutant is one small change: `<` for `<=`, `and` for `or`, a number by one, a condition left out.
The tests named beside its package should fail on it: the table rows first, which need neither a
database nor a picture, and the others on what these let pass; with `--rows` the rows alone. Those
that none notices are printed; some of them change nothing that can be seen (an order of evaluation,
a bound that no value meets). The same seed draws the same mutants as long as the code is the same.
"""

import argparse
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

from benchmarks.source.changes import Mutant, changed, mutants

SCENARIOS: Final = "tests/tasks/checks/test_scenarios.py"


class Tests(NamedTuple):
    """The tests that should notice a change in a package.

    Attributes:
        rows: Tables of facts and answers: seconds, no database.
        others: What is asked only where the rows notice nothing; the quickest first.
    """

    rows: tuple[str, ...]
    others: tuple[str, ...] = ()


TARGETS: Final = {
    "tasks/decision": Tests(("tests/tasks/decision", SCENARIOS)),
    "tasks/checks": Tests((SCENARIOS,), ("tests/tasks/checks",)),
    "tasks/kinship": Tests(
        ("tests/tasks/kinship/proof/test_derive.py", "tests/tasks/kinship/worlds", SCENARIOS),
        ("tests/tasks/kinship",),
    ),
    "tasks/identity": Tests((SCENARIOS,), ("tests/tasks/identity",)),
    "tasks/faces": Tests((), ("tests/tasks/faces",)),
    "tasks/bindings": Tests((), ("tests/tasks/bindings", "tests/storage/bindings")),
    "storage/audit": Tests((), ("tests/storage/audit",)),
    "models/policy": Tests(
        ("tests/models/policy", "tests/models/reviews", "tests/policies", SCENARIOS),
        ("tests/storage/policy", "tests/tasks/policy", "tests/tasks/reviewing"),
    ),
    "models/reviews": Tests(
        ("tests/models/reviews",), ("tests/tasks/reviewing", "tests/console/web/review")
    ),
    "tasks/reviewing": Tests(
        (), ("tests/tasks/reviewing", "tests/tasks/rounds", "tests/console/web/review")
    ),
    "tasks/reading/confidence": Tests(("tests/tasks/reading/confidence",)),
}
"""A package and the tests that should notice a change in it."""
SECONDS: Final = 240
"""A mutant whose tests run longer than this has been noticed: it does not end."""


def drawn(packages: Iterable[str], each: int, seed: int) -> Iterator[tuple[str, Mutant]]:
    """So many mutants of each package, spread over its modules."""
    for package in packages:
        dice = random.Random(f"{seed} {package}")  # noqa: S311 - no secret
        possible = [m for path in sorted(Path(package).rglob("*.py")) for m in mutants(path)]
        for mutant in sorted(dice.sample(possible, min(each, len(possible)))):
            yield package, mutant


class _Loader(importlib.machinery.SourceFileLoader):
    """Gives the changed module in the place of the written one."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType | None:
        return self._code


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._name = mutant.path.removesuffix(".py").replace("/", ".")
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        path = str(Path(self._mutant.path).resolve())
        loader = _Loader(fullname, path, changed(self._mutant))
        return importlib.machinery.ModuleSpec(fullname, loader, origin=path)


def survives(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """Whether the tests, in a process of their own, pass with the change, or without any."""
    child = os.fork()
    if child == 0:
        os.setsid()
        _run_tests(mutant, tests)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run_tests(mutant: Mutant | None, tests: tuple[str, ...]) -> None:
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    # Plugins that no such test asks for, but that take half a second to load.
    without = [f"-pno:{plugin}" for plugin in ("cacheprovider", "nbmake", "schemathesis")]
    os._exit(pytest.main(["-x", "-q", *without, *tests]))


def _warm() -> None:
    """Load what is large and not ours once, before any process is made."""
    for name in ("cv2", "numpy", "pydantic", "pytest", "sqlalchemy", "yaml"):
        importlib.import_module(name)


def main() -> None:
    """Draw mutants, run their tests, say which ones nobody noticed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=12, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--rows", action="store_true", help="ask the table rows alone")
    parser.add_argument("--out", type=Path, help="one line for each mutant, as JSON")
    arguments = parser.parse_args()
    _warm()
    stages = {
        package: _stages(TARGETS[package], rows_alone=arguments.rows) for package in arguments.only
    }
    for package, asked in stages.items():
        if not all(survives(None, tests) for tests in asked):
            sys.exit(f"{package}: its tests fail without any change; no mutant can be judged")
    noticed: dict[str, list[bool]] = {package: [] for package, asked in stages.items() if asked}
    for package, mutant in drawn(noticed, arguments.each, arguments.seed):
        killed = not all(survives(mutant, tests) for tests in stages[package])
        noticed[package].append(killed)
        if not killed:
            print(f"survives  {mutant.path}:{mutant.line}  {mutant.change}", flush=True)
        if arguments.out:
            line = json.dumps(mutant._asdict() | {"killed": killed})
            with arguments.out.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    _report(noticed)


def _stages(tests: Tests, *, rows_alone: bool) -> list[tuple[str, ...]]:
    """The tests in the order in which they are asked; none where there is nothing to ask."""
    return [stage for stage in (tests.rows, () if rows_alone else tests.others) if stage]


def _report(noticed: dict[str, list[bool]]) -> None:
    for package, answers in noticed.items():
        print(f"{package:28} {sum(answers):3} of {len(answers):3} noticed")
    every = [answer for answers in noticed.values() for answer in answers]
    used = os.times()
    print(f"{'all':28} {sum(every):3} of {len(every):3} noticed")
    print(f"{used.user + used.system + used.children_user + used.children_system:.0f} CPU seconds")


if __name__ == "__main__":
    main()
