"""The outcome of a round, and everything it rests on."""
