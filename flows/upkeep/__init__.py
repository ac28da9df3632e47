"""What runs every night: retention, reconciliation, bindings verified again."""
