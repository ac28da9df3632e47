"""One module for each kind of paper: which label stands for which field."""
