"""One module for each kind of document: how it is recognised and which fields it carries."""
