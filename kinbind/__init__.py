"""What others import of an installed kinbind."""
