"""Figures, run history and the published datasets."""
