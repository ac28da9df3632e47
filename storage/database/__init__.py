"""The case database: SQLite by default, PostgreSQL by its URL."""
