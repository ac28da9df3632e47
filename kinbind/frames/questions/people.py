"""Questions about what people do: pace, agreement, terms, and approvals they would not make."""

from typing import Any

from kinbind.frames.questions.ask import EVERYTHING, Scope, answer, share_sql


def reviews_by_week(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """7b. Work and terms by week of opening: what came, what is decided, in time, by how many.

    Cases whose week had to be hidden are not in it.
    """
    return answer(
        f"""
        SELECT date_trunc('week', opened_on)::DATE AS week, count(*) AS opened,
               count(outcome) AS decided, count(DISTINCT reviewer) AS people,
               median(hours_open) AS median_hours,
               {share_sql("count(*) FILTER (within_term)", "count(within_term)")}
        FROM reviews WHERE opened_span <> 'month' GROUP BY week ORDER BY week
        """,
        ("reviews",),
        scope,
    )


def reviewers(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """7. Reviewers' pace and agreement, by pseudonym."""
    return answer(
        f"""
        SELECT reviewer, count(*) AS decided, median(hours_open) AS median_hours,
               sum(corrections) AS corrections,
               count(*) FILTER (four_eyes) AS four_eyes,
               avg(within_term::INTEGER) AS within_term,
               {share_sql("count(*) FILTER (agreed)", "count(agreed)")}
        FROM reviews WHERE outcome IS NOT NULL AND reviewer IS NOT NULL
        GROUP BY reviewer ORDER BY decided DESC, reviewer
        """,
        ("reviews",),
        scope,
    )


def false_approvals(*, monthly: bool = False, scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """8. Of the sampled approvals of the machine, those that people would not have made.

    Args:
        monthly: By month of drawing beside the class of proof.
        scope: Of which days.
    """
    by = ("date_trunc('month', opened_on)::DATE AS month, ", "month, ") if monthly else ("", "")
    return answer(
        f"""
        SELECT {by[0]}proof_class, count(*) AS sampled,
               count(*) FILTER (outcome <> 'approved') AS refused,
               {share_sql("count(*) FILTER (outcome <> 'approved')", "count(*)")}
        FROM samples WHERE sort = 'sample' AND outcome IS NOT NULL
        GROUP BY {by[1]}proof_class ORDER BY {by[1]}proof_class
        """,
        ("samples",),
        scope,
    )
