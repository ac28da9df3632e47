"""How fast the review console answers."""
