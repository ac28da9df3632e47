"""A case that waits for a person, and what people do with it."""
