"""Months of applications as values, without any picture: what happened to an office that is not."""
