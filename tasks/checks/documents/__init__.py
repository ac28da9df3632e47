"""Checks of each document: there, in force, readable, consistent in itself."""
