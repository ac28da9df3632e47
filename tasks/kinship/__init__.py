"""Kinship: from printed relation words and certificates to what two people are to each other."""
