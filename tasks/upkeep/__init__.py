"""The nightly and hourly work: deadlines, reconciliation, retention."""
