"""The API for programs: applications come in over HTTP, and their state can be asked for."""
