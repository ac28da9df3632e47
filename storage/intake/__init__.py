"""Where applications arrive: inbox folders, buckets, submissions over HTTP."""
