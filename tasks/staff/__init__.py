"""Changes of staff accounts and of programs' keys, each with its line in the audit log."""
