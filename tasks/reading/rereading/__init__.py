"""Second readings of values that the first one did not find whole."""
