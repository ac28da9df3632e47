"""What the documents of one application prove about a relationship."""
