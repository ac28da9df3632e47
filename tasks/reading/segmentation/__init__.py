"""Where the documents lie in a picture, one part for each."""
