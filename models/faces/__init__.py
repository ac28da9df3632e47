"""Face comparison: its verdict and the bands of its score."""
