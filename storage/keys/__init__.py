"""Encryption keys, keyed hashes and signatures."""
