"""Reading in a process of its own, which may die without harm to anything but one picture."""
