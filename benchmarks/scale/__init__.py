"""Cost, growth, hosts that fail: what an office of any size needs."""
