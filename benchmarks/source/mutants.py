"""Would the tests notice? Change one thing at a time in the deciding code and run its tests.

    .venv/bin/python -m benchmarks.source.mutants --each 12 --out mutants.jsonl

A mutant is one small change: `<` for `<=`, `and` for `or`, a number by one, a condition left out.
The tests named beside its package should fail on it. Those that none notices are printed; some
of them change nothing that can be seen (an order of evaluation, a bound that no value meets).
The same seed draws the same mutants as long as the code is the same.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

TARGETS: Final = {
    "tasks/decision": ("tests/tasks/decision", "tests/tasks/checks/test_scenarios.py"),
    "tasks/checks": ("tests/tasks/checks",),
    "tasks/kinship": ("tests/tasks/kinship", "tests/tasks/checks/test_scenarios.py"),
    "tasks/faces": ("tests/tasks/faces",),
    "tasks/bindings": ("tests/tasks/bindings",),
    "storage/audit": ("tests/storage/audit",),
    "tasks/reviewing": ("tests/tasks/reviewing", "tests/tasks/rounds", "tests/console/web/review"),
    "tasks/reading/confidence": ("tests/tasks/reading/confidence",),
}
"""A package and the tests that should notice a change in it, the quickest first."""
SECONDS: Final = 240
"""A mutant whose tests run longer than this has been noticed: it does not end."""

_SWAPS: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
_NAMES: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Mutant(NamedTuple):
    """One change.

    Attributes:
        path: The module, from the root of the project.
        line: Where the change is.
        number: Which of the module's possible changes it is.
        change: What it is, for people.
    """

    path: str
    line: int
    number: int
    change: str


class _Changer(ast.NodeTransformer):
    """Walks a module, counts what could be changed, and changes the one that is asked for."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []

    def _here(self, node: ast.AST, change: str) -> bool:
        self.places.append((getattr(node, "lineno", 0), change))
        return self.wanted == len(self.places) - 1

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.value = self.visit(node.value) if node.value else None
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        # A docstring is no behaviour.
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        # Words for people are held elsewhere.
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for place, operator in enumerate(node.ops):
            other = _SWAPS.get(type(operator))
            if other and self._here(node, f"{type(operator).__name__} -> {other.__name__}"):
                node.ops[place] = other()  # type: ignore[call-overload]
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        other = _SWAPS[type(node.op)]
        if self._here(node, f"{type(node.op).__name__} -> {other.__name__}"):
            node.op = other()  # type: ignore[assignment]
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        other = _SWAPS.get(type(node.op))
        if other and self._here(node, f"{type(node.op).__name__} -> {other.__name__}"):
            node.op = other()  # type: ignore[assignment]
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not) and self._here(node, "not left out"):
            return node.operand
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        for condition in list(node.ifs):
            if self._here(condition, "condition left out"):
                node.ifs.remove(condition)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in _NAMES and self._here(node, f"{node.id} -> {_NAMES[node.id]}"):
            node.id = _NAMES[node.id]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            if self._here(node, f"{node.value} -> {not node.value}"):
                node.value = not node.value
        elif isinstance(node.value, int | float) and self._here(node, f"{node.value} + 1"):
            node.value = node.value + 1
        return node


def mutants(path: Path) -> list[Mutant]:
    """Every change of a module that we know how to make."""
    changer = _Changer()
    changer.visit(ast.parse(path.read_text("utf-8")))
    return [
        Mutant(str(path), line, number, change)
        for number, (line, change) in enumerate(changer.places)
    ]


def changed(mutant: Mutant) -> CodeType:
    """The module with that one change."""
    tree = ast.parse(Path(mutant.path).read_text("utf-8"))
    tree = _Changer(mutant.number).visit(copy.deepcopy(tree))
    return compile(ast.fix_missing_locations(tree), mutant.path, "exec")


def drawn(each: int, seed: int) -> Iterator[Mutant]:
    """So many mutants of each package, spread over its modules."""
    for package in TARGETS:
        dice = random.Random(f"{seed} {package}")  # noqa: S311 - no secret
        possible = [m for path in sorted(Path(package).rglob("*.py")) for m in mutants(path)]
        yield from sorted(dice.sample(possible, min(each, len(possible))))


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
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))


def _warm() -> None:
    """Load what is large and not ours once, before any process is made."""
    for name in ("cv2", "numpy", "pydantic", "pytest", "sqlalchemy", "yaml"):
        importlib.import_module(name)


def main() -> None:
    """Draw mutants, run their tests, say which ones nobody noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=12, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--out", type=Path, help="one line for each mutant, as JSON")
    arguments = parser.parse_args()
    _warm()
    for package in arguments.only:
        if not survives(None, TARGETS[package]):
            sys.exit(f"{package}: its tests fail without any change; no mutant can be judged")
    noticed: dict[str, list[bool]] = {package: [] for package in arguments.only}
    for mutant in drawn(arguments.each, arguments.seed):
        package = next(name for name in TARGETS if mutant.path.startswith(f"{name}/"))
        if package not in noticed:
            continue
        killed = not survives(mutant, TARGETS[package])
        noticed[package].append(killed)
        if not killed:
            print(f"survives  {mutant.path}:{mutant.line}  {mutant.change}", flush=True)
        if arguments.out:
            line = json.dumps(mutant._asdict() | {"killed": killed})
            with arguments.out.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    for package, answers in noticed.items():
        print(f"{package:28} {sum(answers):3} of {len(answers):3} noticed")
    every = [answer for answers in noticed.values() for answer in answers]
    print(f"{'all':28} {sum(every):3} of {len(every):3} noticed")


if __name__ == "__main__":
    main()
