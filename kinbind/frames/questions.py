"""The ten questions that data teams ask most, each in one call.

Every function reads the last publication and answers as a small table: pandas by default, polars
or DuckDB where that is asked for. Shares carry the 95 % interval of Wilson (`low`, `high`), and
`few` marks those of fewer than 30 rounds, which compare nothing. The unit is the round.
"""

import datetime as dt
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from kinbind.frames.load import FrameKind, load

FEW: Final = 30
"""Below it the interval of a share is wider than most differences that are looked for."""
GROUPS: Final = ("sex", "age_band", "relationship", "ethnicity_group", "route", "region", "channel")
_Z: Final = 1.959964


class Scope(NamedTuple):
    """Which publication and which days a question is about, and whose frame answers.

    Attributes:
        since: First day of receipt; None: from the beginning.
        until: Last day.
        engine: Whose frame the answer is.
        folder: As for `kinbind.frames.load`.
    """

    since: dt.date | str | None = None
    until: dt.date | str | None = None
    engine: FrameKind = "pandas"
    folder: str | Path | None = None


EVERYTHING: Final = Scope()


def reasons(outcome: str = "returned", scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """1. Why so many end so: reasons in force of one outcome, the commonest first.

    Notes and what a person overruled are not in it. `share` is of all rounds that ended so; a
    round counts once for a code.
    """
    ended = _word(outcome)
    return _answer(
        f"""
        WITH ended AS (SELECT count(*) AS total FROM applications WHERE outcome = '{ended}')
        SELECT code, count(*) AS rounds, count(*) / any_value(total) AS share
        FROM (SELECT DISTINCT coalesce(case_, 'detached ' || row_number() OVER ()) AS one, code
              FROM (SELECT "case" AS case_, code FROM findings
                    WHERE in_force AND outcome = '{ended}')), ended
        GROUP BY code ORDER BY rounds DESC, code
        """,
        ("applications", "findings"),
        scope,
    )


def outcomes_by(column: str = "region", scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """2. Where, through which channel, from which employer: outcomes with the return share.

    Regions count as provinces, ages as three bands: the levels at which all rounds can be told.
    """
    named = _column(column, (*GROUPS, "employer", "product", "policy_version"))
    return _answer(
        f"""
        SELECT {_folded(named)} AS {named}, count(*) AS rounds,
               count(*) FILTER (outcome = 'approved') AS approved,
               count(*) FILTER (outcome = 'returned') AS returned,
               count(*) FILTER (outcome = 'in_review') AS in_review,
               count(*) FILTER (outcome = 'rejected') AS rejected,
               {_share("count(*) FILTER (outcome = 'returned')", "count(*)")}
        FROM applications WHERE outcome IS NOT NULL
        GROUP BY ALL ORDER BY rounds DESC, {named}
        """,
        ("applications",),
        scope,
    )


def before_and_after(days: int = 62, scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """3. Since when: the share of returns before and after each new policy, engine or form.

    A round of which only the week or the month is told counts where all of it lies on one side; in
    the two months of the default there is a whole one.
    """
    return _answer(
        f"""
        WITH versions AS (
          SELECT 'policy' AS what, version, first_on, split_part(version, '@', 1) AS line
          FROM policies UNION ALL
          SELECT 'engine', version, first_on, 'engine' FROM engines UNION ALL
          SELECT 'form', version, first_on, 'form' FROM forms),
        turns AS (SELECT * FROM versions
                  QUALIFY row_number() OVER (PARTITION BY what, line ORDER BY first_on) > 1),
        told AS (
          SELECT received_on, outcome,
                 CASE received_span WHEN 'day' THEN received_on WHEN 'week' THEN received_on + 6
                   ELSE last_day(received_on) END AS until
          FROM applications WHERE outcome IS NOT NULL),
        sides AS (
          SELECT what, version, first_on, received_on >= first_on AS after, outcome
          FROM turns JOIN told
            ON received_on >= first_on - {int(days)} AND until < first_on + {int(days)}
            AND (received_on >= first_on OR until < first_on))
        SELECT what, version, first_on, CASE WHEN after THEN 'after' ELSE 'before' END AS side,
               count(*) AS rounds,
               {_share("count(*) FILTER (outcome = 'returned')", "count(*)")}
        FROM sides GROUP BY what, version, first_on, after
        ORDER BY first_on, what, version, after
        """,
        ("applications", "policies", "engines", "forms"),
        scope,
    )


def checks(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """4. Which check is how often failed, passed, undecidable; the ones in the way first."""
    return _answer(
        f"""
        SELECT "check", count(*) AS asked,
               count(*) FILTER (verdict = 'passed') AS passed,
               count(*) FILTER (verdict = 'failed') AS failed,
               count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell,
               {_share("count(*) FILTER (verdict <> 'passed')", "count(*)")}
        FROM checks GROUP BY "check" ORDER BY share DESC, "check"
        """,
        ("checks",),
        scope,
    )


def first_and_later_rounds(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """5. First handing-in against later ones: does an answer to a return help?"""
    return _answer(
        f"""
        SELECT CASE WHEN round IS NULL THEN 'hidden' WHEN round = 1 THEN 'first' ELSE 'later' END
                 AS handing_in,
               count(*) AS rounds, {_share("count(*) FILTER (outcome = 'approved')", "count(*)")}
        FROM applications WHERE outcome IS NOT NULL GROUP BY handing_in ORDER BY handing_in
        """,
        ("applications",),
        scope,
    )


def misread_fields(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """6. Which field is read worst, and costs reviewers most: by kind of paper and field."""
    return _answer(
        f"""
        SELECT kind, field, count(*) AS fields,
               count(*) FILTER (tier IN ('unsure', 'unread', 'contested')) AS not_trusted,
               count(*) FILTER (second_agreed = false) AS contested,
               count(*) FILTER (corrected) AS corrected, avg(confidence) AS mean_confidence,
               {_share("count(*) FILTER (tier IN ('unsure', 'unread', 'contested'))", "count(*)")}
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
    return _answer(
        f"""
        WITH banded AS (SELECT CASE {band} END AS place, corrected FROM fields)
        SELECT CASE place {named} END AS confidence, count(*) AS fields,
               count(*) FILTER (corrected) AS corrected,
               {_share("count(*) FILTER (corrected)", "count(*)")}
        FROM banded GROUP BY place ORDER BY place
        """,
        ("fields",),
        scope,
    )


def reviews_by_week(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """7b. Work and terms by week of opening: what came, what is decided, in time, by how many.

    Cases whose week had to be hidden are not in it.
    """
    return _answer(
        f"""
        SELECT date_trunc('week', opened_on)::DATE AS week, count(*) AS opened,
               count(outcome) AS decided, count(DISTINCT reviewer) AS people,
               median(hours_open) AS median_hours,
               {_share("count(*) FILTER (within_term)", "count(within_term)")}
        FROM reviews WHERE opened_span <> 'month' GROUP BY week ORDER BY week
        """,
        ("reviews",),
        scope,
    )


def reviewers(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """7. Reviewers' pace and agreement, by pseudonym."""
    return _answer(
        f"""
        SELECT reviewer, count(*) AS decided, median(hours_open) AS median_hours,
               sum(corrections) AS corrections,
               count(*) FILTER (four_eyes) AS four_eyes,
               avg(within_term::INTEGER) AS within_term,
               {_share("count(*) FILTER (agreed)", "count(agreed)")}
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
    return _answer(
        f"""
        SELECT {by[0]}proof_class, count(*) AS sampled,
               count(*) FILTER (outcome <> 'approved') AS refused,
               {_share("count(*) FILTER (outcome <> 'approved')", "count(*)")}
        FROM samples WHERE sort = 'sample' AND outcome IS NOT NULL
        GROUP BY {by[1]}proof_class ORDER BY {by[1]}proof_class
        """,
        ("samples",),
        scope,
    )


def only_obstacles(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """9. What lifting one reason would do: rounds that nothing else stopped.

    An upper bound: other checks may say more once this one is silent. `kinbind policy replay`
    asks every check anew.
    """
    return _answer(
        """
        WITH alone AS (
          SELECT "case", min(code) AS code, any_value(outcome) AS outcome
          FROM findings
          WHERE NOT note AND origin = 'machine' AND "case" IS NOT NULL
          GROUP BY "case" HAVING count(DISTINCT code) = 1)
        SELECT alone.code, count(*) AS rounds,
               count(*) FILTER (machine_outcome = 'returned') AS returned,
               count(*) FILTER (machine_outcome = 'in_review') AS in_review,
               count(*) FILTER (alone.outcome = 'approved') AS people_approved
        FROM alone JOIN applications USING ("case")
        WHERE machine_outcome IN ('returned', 'in_review')
        GROUP BY alone.code ORDER BY rounds DESC, alone.code
        """,
        ("applications", "findings"),
        scope,
    )


def equal_treatment(group: str = "sex", scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """10. Whether groups are treated differently: share that the machine approved by itself.

    `gap` is to all other rounds together; a group whose interval holds 0 gap cannot be told apart.
    """
    named = _column(group, GROUPS)
    return _answer(
        f"""
        WITH judged AS (
          SELECT {_folded(named)} AS grouped,
                 (outcome = 'approved' AND decided_by = 'machine') AS hit
          FROM applications WHERE outcome IS NOT NULL AND {named} IS NOT NULL),
        whole AS (SELECT count(*) AS n, count(*) FILTER (hit) AS hits FROM judged)
        SELECT grouped AS {named}, count(*) AS rounds,
               {_share("count(*) FILTER (hit)", "count(*)")},
               count(*) FILTER (hit) / count(*)
                 - (any_value(hits) - count(*) FILTER (hit)) / nullif(any_value(n) - count(*), 0)
                 AS gap
        FROM judged, whole GROUP BY grouped ORDER BY grouped
        """,
        ("applications",),
        scope,
    )


def _share(hits: str, total: str) -> str:
    """Columns `share`, `low`, `high`, `few` of a counted share, in SQL."""
    n, h, z = f"({total})::DOUBLE", f"({hits})", _Z
    middle = f"({h} + {z * z / 2}) / ({n} + {z * z})"
    reach = f"{z} * sqrt({h} * ({n} - {h}) / nullif({n}, 0) + {z * z / 4}) / ({n} + {z * z})"
    return (
        f"{h} / nullif({n}, 0) AS share, greatest(0, {middle} - {reach}) AS low, "
        f"least(1, {middle} + {reach}) AS high, {n} < {FEW} AS few"
    )


def _answer(sql: str, tables: tuple[str, ...], scope: Scope) -> Any:  # noqa: ANN401
    """Ask a question of these tables; every text in it is ours, or was held against a list."""
    connection = duckdb.connect()
    for name in tables:
        whole = name in {"policies", "engines", "forms"}
        table = load(
            name,
            since=None if whole else scope.since,
            until=None if whole else scope.until,
            engine="arrow",
            folder=scope.folder,
        )
        connection.register(name, table)
    answer = connection.sql(sql)
    match scope.engine:
        case "polars":
            return answer.pl()
        case "arrow":
            return answer.to_arrow_table()
        case "duckdb":
            return answer
        case _:
            return answer.df()


def _column(name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        msg = f"没有这个分组，可选 there is no such group; one of: {', '.join(known)}"
        raise ValueError(msg)
    return name


def _folded(name: str) -> str:
    """A column at one level throughout.

    What is rare is told coarser, and rare rounds end otherwise than common ones: fine and coarse
    values side by side would compare the two, not the groups.
    """
    if name == "region":
        return "left(region::VARCHAR, 2)"
    if name == "age_band":
        return (
            "CASE WHEN age_band IN ('0-5', '6-17', '0-17') THEN '0-17'"
            " WHEN age_band IN ('18-44', '45-59', '18-59') THEN '18-59'"
            " WHEN age_band IS NOT NULL THEN '60+' END"
        )
    return name


def _word(outcome: str) -> str:
    return _column(outcome, ("approved", "returned", "in_review", "rejected"))
