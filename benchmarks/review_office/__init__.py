"""A review office full of cases: its pages as pictures, and journeys by the clock."""
