"""The evidence file about one application, as third parties read it."""
