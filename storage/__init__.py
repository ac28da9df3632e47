"""The drawers: objects, case database, audit chain, policies, inbox. Nobody else opens them."""
