"""Second looks and blind samples: which are drawn, and how a disagreement ends."""
