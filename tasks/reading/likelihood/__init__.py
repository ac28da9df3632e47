"""How likely a text is under the recogniser's output, frame by frame, and where it stands."""
