"""Figures about runs and days."""
