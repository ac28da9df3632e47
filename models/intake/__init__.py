"""An application as it arrives, and what intake made of it."""
