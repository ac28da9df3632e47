"""Documents: their kinds, their fields, and what was read on them."""
