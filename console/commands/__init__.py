"""One module per command; heavy libraries are imported when a command runs, never before."""
