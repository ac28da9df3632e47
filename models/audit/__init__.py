"""The audit log's events, and the discrepancies that are found against it."""
