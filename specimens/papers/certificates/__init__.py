"""Certificates and letters."""
