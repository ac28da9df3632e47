"""Invented families and strangers: how well ties tell one hukou book from two."""
