"""Reading: from the bytes of an upload to typed fields with a confidence and a place."""
