"""The pages on which people decide: queue, case, second looks."""
