"""Pictures as people really send them, drawn afresh: `python -m benchmarks.field_cases --help`."""
