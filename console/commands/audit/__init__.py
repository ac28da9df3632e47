"""Commands for auditors and the data team."""
