"""One outcome from all answers, and whether one person may decide alone."""
