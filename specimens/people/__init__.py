"""Invented people, families and households."""
