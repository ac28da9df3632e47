"""Commands that verify, read and compare."""
