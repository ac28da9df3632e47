"""The stages' office and ways to send things in, for flows over them."""

from tests.tasks.conftest import (  # noqa: F401  (fixtures)
    repositories,
    returned,
    send,
    settings,
    verify,
    with_policy,
)
