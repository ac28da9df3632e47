"""The hash chain of the audit log: appending to it, walking it, and what is kept of it outside."""
