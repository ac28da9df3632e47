"""The checks: one module per subject, each check a statement that should hold."""

from tasks.checks.all_checks import CHECK_NAMES, CHECKS, check_application

__all__ = ["CHECKS", "CHECK_NAMES", "check_application"]
