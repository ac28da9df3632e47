"""Checks across documents: same persons, same book, the claimed relationship."""
