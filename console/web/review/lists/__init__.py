"""The lists of cases: the queue, a search, the desks of a team."""
