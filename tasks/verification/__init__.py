"""A round's steps in order: read, compare stated values and faces, cross-check, decide."""
