"""Bindings after the approval: verified again, ended."""
