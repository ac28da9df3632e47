"""Storage: object store, case database, audit chain, policies, inbox."""
