"""How a flat page becomes a photograph or a scan."""
