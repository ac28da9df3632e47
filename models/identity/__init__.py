"""Persons: numbers, names, places, and how personal values are masked."""
