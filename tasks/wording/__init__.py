"""What applicants are told, in both languages, from sentences kept as data."""
