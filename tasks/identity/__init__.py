"""Whose document this is: names, numbers and birth dates compared, documents assigned."""
