"""Small changes of a module: each is a mutant that the tests should notice."""

import ast
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

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
    tree = _Changer(mutant.number).visit(tree)
    return compile(ast.fix_missing_locations(tree), mutant.path, "exec")
