"""How probable it is that a field was read right."""
