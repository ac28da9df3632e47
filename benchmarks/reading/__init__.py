"""Accuracy of reading: `python -m benchmarks.reading --help`."""
