"""Pictures as people really send them, drawn afresh."""
