"""Say what no part of the project uses: `python scripts/unused_code.py`, part of `make check`.

The product is judged without its tests: what only a test calls is not used. Data fields are left
out: records and rows are read by validation, templates and SQL, where no name stands; so is
`kinbind`, which is there for others.
Exit code 1: something is unused; the lines name it.
"""

import re
import sys
from pathlib import Path
from typing import Final

import vulture

_PRODUCT: Final = ("console", "flows", "models", "specimens", "storage", "tasks")
_BESIDE: Final = ("benchmarks", "notebooks", "tools")
_DATA: Final = frozenset({"variable", "attribute"})
_REGISTERED: Final = [
    "@*.callback",  # commands of the terminal
    "@*.command*",
    "@*.delete",  # pages and calls over HTTP
    "@*.exception_handler",
    "@*.get",
    "@*.post",
    "@*.put",
    "@compiles*",  # how a database writes an expression
    "@flow*",  # named in prefect.yaml
    "@field_serializer*",  # called by validation
    "@field_validator*",
    "@model_validator*",
    "@pytest.fixture*",
    "@situation*",  # the catalogue of invented applications
]
"""Decorators that hand a function to somebody else who calls it."""
_USED: Final = {
    "S3Client": "stands in annotations that are text, as its package is for type checking only",
    "process_bind_param": "SQLAlchemy calls it",
    "process_result_value": "SQLAlchemy calls it",
    "visit_*": "the syntax tree's visitor calls it by the node's name",
    "get_code": "the import system calls it",
    "find_spec": "the import system calls it",
    "accepts_version": "policies list versions of texts; the check of consents is to ask it",
}
"""What is used where no tool can see it, and by whom."""
_TESTS: Final = ["test_*", "pytest_*", "do_*", "handle_*", "log_message", "alter"]
"""Names that pytest, the standard library's parsers and servers, and the sign-in double call."""


def unused(paths: tuple[str, ...], ignored: list[str]) -> list[str]:
    """A line for each function, class, method, property or import that nothing in paths uses."""
    known = [*_USED, *_names_in_templates(), *ignored]
    scan = vulture.Vulture(ignore_names=known, ignore_decorators=_REGISTERED)
    scan.scavenge(paths)
    here = Path.cwd()
    return [
        f"{item.filename.relative_to(here)}:{item.first_lineno}: unused {item.typ} {item.name}"
        for item in scan.get_unused_code(min_confidence=60)
        if item.typ not in _DATA
    ]


def _names_in_templates() -> set[str]:
    """Attributes that pages read; templates are no code that the scan understands."""
    pages = Path("console/web/templates").rglob("*.html")
    return {name for page in pages for name in re.findall(r"\.([a-z_]+)", page.read_text())}


def main() -> int:
    """Print what is unused in the product, and in the tests beside it."""
    found = unused((*_PRODUCT, *_BESIDE), [])
    found += unused((*_PRODUCT, *_BESIDE, "tests"), _TESTS)
    sys.stdout.writelines(f"{line}\n" for line in dict.fromkeys(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
