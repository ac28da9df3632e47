"""Questions about what the machine asked and read: checks, fields, confidence."""

from typing import Any

from kinbind.frames.questions.ask import EVERYTHING, Scope, answer, share_sql


def checks(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """4. Which check is how often failed, passed, undecidable; the ones in the way first."""
    return answer(
        f"""
        SELECT "check", count(*) AS asked,
               count(*) FILTER (verdict = 'passed') AS passed,
               count(*) FILTER (verdict = 'failed') AS failed,
               count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell,
               {share_sql("count(*) FILTER (verdict <> 'passed')", "count(*)")}
        FROM checks GROUP BY "check" ORDER BY share DESC, "check"
        """,
        ("checks",),
        scope,
    )


def misread_fields(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """6. Which field is read worst, and costs reviewers most: by kind of paper and field."""
    doubted = "count(*) FILTER (tier IN ('unsure', 'unread', 'contested'))"
    return answer(
        f"""
        SELECT kind, field, count(*) AS fields, {doubted} AS not_trusted,
               count(*) FILTER (second_agreed = false) AS contested,
               count(*) FILTER (corrected) AS corrected, avg(confidence) AS mean_confidence,
               {share_sql(doubted, "count(*)")}
        FROM fields GROUP BY kind, field ORDER BY corrected DESC, share DESC, kind, field
        """,
        ("fields",),
        scope,
    )


def corrections_by_confidence(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """6b. Whether the confidence means anything: how often people corrected, by how sure it was.

    Only papers of rounds that came before people can be corrected, so the shares compare bands with
    one another; they are no rates of error.
    """
    edges = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
    band = " ".join(
        f"WHEN confidence >= {edge} THEN {at}" for at, edge in reversed(list(enumerate(edges)))
    )
    named = " ".join(
        f"WHEN {at} THEN '{edge:.2f}–{end:.2f}'"
        for at, (edge, end) in enumerate(zip(edges, (*edges[1:], 1.0), strict=True))
    )
    return answer(
        f"""
        WITH banded AS (SELECT CASE {band} END AS place, corrected FROM fields)
        SELECT CASE place {named} END AS confidence, count(*) AS fields,
               count(*) FILTER (corrected) AS corrected,
               {share_sql("count(*) FILTER (corrected)", "count(*)")}
        FROM banded GROUP BY place ORDER BY place
        """,
        ("fields",),
        scope,
    )
