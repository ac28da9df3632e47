"""From lines of text to labels and their values."""
