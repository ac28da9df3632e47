"""Reviews are tried on both databases, as the repositories are."""

from tests.storage.conftest import (  # noqa: F401  (fixtures and a hook)
    database,
    pytest_generate_tests,
    repositories,
    settings,
    waiting,
)
