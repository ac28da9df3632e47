"""Reconciliation: tables, objects and bindings compared with the tamper-evident audit log."""
