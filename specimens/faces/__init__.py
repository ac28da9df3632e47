"""Faces of people who do not exist: rendered once, kept as a gallery of pictures."""
