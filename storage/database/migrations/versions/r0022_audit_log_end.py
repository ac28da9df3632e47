"""What an append has to know of the audit log, asked of PostgreSQL in one statement."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_HOLD = """
CREATE FUNCTION hold_audit_log(keys text[], names text[])
RETURNS TABLE (
    head_events bigint, head_hash varchar,
    sequence bigint, tag varchar, application_id varchar, round_id varchar, actor varchar,
    details text, recorded_at varchar, once varchar, previous_hash varchar,
    previous_application_hash varchar, hash varchar
)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('kinbind audit log', 0));
    RETURN QUERY
    SELECT head.events, head.hash, event.*
    FROM audit_head AS head
    LEFT JOIN (
        SELECT known.* FROM audit_events AS known WHERE known.once = ANY (keys)
        UNION ALL
        SELECT last.* FROM unnest(names) AS name CROSS JOIN LATERAL (
            SELECT one.* FROM audit_events AS one
            WHERE one.application_id = name ORDER BY one.sequence DESC LIMIT 1
        ) AS last
    ) AS event ON true
    WHERE head.head_id = 1;
END
$$
"""


def upgrade() -> None:
    """Make the function; SQLite, which is in the process, is asked as before."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_HOLD)
