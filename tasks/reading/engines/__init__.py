"""The text readers behind one interface."""
