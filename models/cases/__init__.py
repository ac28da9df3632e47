"""One application on its way: its rounds, its match keys, what is kept of it and how long."""
