"""A binding, its beginning and its end."""
