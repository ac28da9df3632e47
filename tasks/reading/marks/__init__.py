"""What a page shows beside its text: seals, stamps, signatures, codes, portraits."""
