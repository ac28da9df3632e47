"""Faces: found, cut out, compared; the one question is "same person?", never kinship."""
