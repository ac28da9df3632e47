"""Processes of a batch killed at random: nothing may be lost, doubled or decided otherwise."""
