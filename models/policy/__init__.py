"""The shape of a policy file: what a place demands, from when, with its source."""
