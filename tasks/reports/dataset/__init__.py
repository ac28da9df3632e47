"""The tables of the data team: rounds made anonymous, written as one snapshot."""
