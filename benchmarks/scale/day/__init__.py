"""A day of arrivals over HTTP in some minutes, with workers that are killed meanwhile."""
