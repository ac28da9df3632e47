"""One signed file about one application, for people without access to the office."""
