"""Rounds of applications and their match keys."""
