"""The steps of one round, in order: read, compare faces, cross-check, decide."""
