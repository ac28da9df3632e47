"""Whole invented applications, written as folders with the truth beside them."""
