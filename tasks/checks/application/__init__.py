"""Checks of the form: its values, consents, authorisations and earlier applications."""
