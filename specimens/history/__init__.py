"""Simulated months of applications and their outcomes as values, without pictures."""
