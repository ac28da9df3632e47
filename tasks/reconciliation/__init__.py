"""Hold tables, objects and bindings against the audit log, which nobody can change unseen."""
