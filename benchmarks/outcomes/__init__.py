"""Applications drawn, verified and held against the truth."""
