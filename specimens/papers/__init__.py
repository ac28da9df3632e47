"""The papers, one module each: what is printed where, in which wording, by which machine."""
