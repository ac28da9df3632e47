"""Signals: what a picture says about itself, for a person or for a request to take it again."""
