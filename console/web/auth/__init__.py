"""Signing in, sessions, rights."""
