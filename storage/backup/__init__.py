"""Copies of a whole installation, and a whole installation from a copy."""
