"""The audit log: events, hash chain, hash tree, proofs, and the search over them."""
