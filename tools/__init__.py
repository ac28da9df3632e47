"""Programs that made what the project keeps; none is part of the product."""
