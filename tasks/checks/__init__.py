"""The checks: one module per subject, each check a statement that should hold."""

from tasks.checks.all_checks import (
    CHECK_NAMES,
    CHECKS,
    ask_checks,
    check_application,
    prepare_checks,
)

__all__ = ["CHECKS", "CHECK_NAMES", "ask_checks", "check_application", "prepare_checks"]
