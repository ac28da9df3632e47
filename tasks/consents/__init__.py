"""What people may ask about their own data: take a consent back, have everything deleted."""
