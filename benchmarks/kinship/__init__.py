"""The kinship prover against invented families, and against every family that fits their papers."""
