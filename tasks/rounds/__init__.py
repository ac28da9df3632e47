"""What every step needs to know of a round: its kept results, its events, its terms."""
