"""What people do to papers and pictures, in several ways each, for measuring who notices."""
