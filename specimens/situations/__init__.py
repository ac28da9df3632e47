"""What can come over the counter: one small function for each situation, named for it."""
