"""The object store: content under a key, put once, never overwritten."""
