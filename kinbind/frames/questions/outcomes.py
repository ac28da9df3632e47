"""Questions about how applications end: why, where, since when, and for whom."""

from typing import Any

from kinbind.frames.questions.ask import (
    EVERYTHING,
    GROUPS,
    Scope,
    answer,
    folded,
    known_column,
    known_outcome,
    share_sql,
)


def reasons(outcome: str = "returned", scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """1. Why so many end so: reasons in force of one outcome, the commonest first.

    Notes and what a person overruled are not in it. `share` is of all rounds that ended so; a
    round counts once for a code.
    """
    ended = known_outcome(outcome)
    return answer(
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
    named = known_column(column, (*GROUPS, "employer", "product", "policy_version"))
    return answer(
        f"""
        SELECT {folded(named)} AS {named}, count(*) AS rounds,
               count(*) FILTER (outcome = 'approved') AS approved,
               count(*) FILTER (outcome = 'returned') AS returned,
               count(*) FILTER (outcome = 'in_review') AS in_review,
               count(*) FILTER (outcome = 'rejected') AS rejected,
               {share_sql("count(*) FILTER (outcome = 'returned')", "count(*)")}
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
    return answer(
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
               {share_sql("count(*) FILTER (outcome = 'returned')", "count(*)")}
        FROM sides GROUP BY what, version, first_on, after
        ORDER BY first_on, what, version, after
        """,
        ("applications", "policies", "engines", "forms"),
        scope,
    )


def first_and_later_rounds(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """5. First handing-in against later ones: does an answer to a return help?"""
    return answer(
        f"""
        SELECT CASE WHEN round IS NULL THEN 'hidden' WHEN round = 1 THEN 'first' ELSE 'later' END
                 AS handing_in,
               count(*) AS rounds, {share_sql("count(*) FILTER (outcome = 'approved')", "count(*)")}
        FROM applications WHERE outcome IS NOT NULL GROUP BY handing_in ORDER BY handing_in
        """,
        ("applications",),
        scope,
    )


def only_obstacles(scope: Scope = EVERYTHING) -> Any:  # noqa: ANN401
    """9. What lifting one reason would do: rounds that nothing else stopped.

    An upper bound: other checks may say more once this one is silent. `kinbind policy replay`
    asks every check anew.
    """
    return answer(
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
    named = known_column(group, GROUPS)
    return answer(
        f"""
        WITH judged AS (
          SELECT {folded(named)} AS grouped,
                 (outcome = 'approved' AND decided_by = 'machine') AS hit
          FROM applications WHERE outcome IS NOT NULL AND {named} IS NOT NULL),
        whole AS (SELECT count(*) AS n, count(*) FILTER (hit) AS hits FROM judged)
        SELECT grouped AS {named}, count(*) AS rounds,
               {share_sql("count(*) FILTER (hit)", "count(*)")},
               count(*) FILTER (hit) / count(*)
                 - (any_value(hits) - count(*) FILTER (hit)) / nullif(any_value(n) - count(*), 0)
                 AS gap
        FROM judged, whole GROUP BY grouped ORDER BY grouped
        """,
        ("applications",),
        scope,
    )
