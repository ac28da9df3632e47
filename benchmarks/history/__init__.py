"""A simulated history, decided by the real checks and put into a case database."""
