"""How Alembic reaches the database: over the connection, and in the transaction, it is given."""

from alembic import context

from storage.database import report_tables, staff_tables
from storage.database import review_tables as desk_tables
from storage.database.tables import Table

_KNOWN = (
    desk_tables.ReasonRow,
    staff_tables.StaffRow,
    report_tables.RoundFiguresRow,
)  # importing a table makes it known

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
