"""The ten questions that data teams ask most, each in one call.

Every function reads the last publication and answers as a small table: pandas by default, polars
or DuckDB where that is asked for. Shares carry the 95 % interval of Wilson (`low`, `high`), and
`few` marks those of fewer than 30 rounds, which compare nothing. The unit is the round.
"""

from kinbind.frames.questions.ask import EVERYTHING, FEW, GROUPS, Scope
from kinbind.frames.questions.checking import checks, corrections_by_confidence, misread_fields
from kinbind.frames.questions.outcomes import (
    before_and_after,
    equal_treatment,
    first_and_later_rounds,
    only_obstacles,
    outcomes_by,
    reasons,
)
from kinbind.frames.questions.people import false_approvals, reviewers, reviews_by_week

__all__ = [
    "EVERYTHING",
    "FEW",
    "GROUPS",
    "Scope",
    "before_and_after",
    "checks",
    "corrections_by_confidence",
    "equal_treatment",
    "false_approvals",
    "first_and_later_rounds",
    "misread_fields",
    "only_obstacles",
    "outcomes_by",
    "reasons",
    "reviewers",
    "reviews_by_week",
]
