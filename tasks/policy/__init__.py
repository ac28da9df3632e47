"""Policies for people: shown, explained for one case, replayed over past ones."""
