"""The vocabulary of the field: immutable values that know no infrastructure.

"Model" means a domain type here, never a neural network.
"""
