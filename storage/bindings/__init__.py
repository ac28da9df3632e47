"""Bindings, their counts and their limits."""
