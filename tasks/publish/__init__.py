"""What leaves the system, in the shapes that others depend on."""
