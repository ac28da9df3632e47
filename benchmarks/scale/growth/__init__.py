"""What the frequent looks at the database cost as it grows."""
