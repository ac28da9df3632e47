"""How Alembic reaches the database: over the connection, and in the transaction, it is given."""

from alembic import context

from storage.database.tables.base import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
