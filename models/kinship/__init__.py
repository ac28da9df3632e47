"""Kinship: printed relation words, what documents claim, and what is proven."""
