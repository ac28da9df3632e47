"""The pages of the hukou book."""
