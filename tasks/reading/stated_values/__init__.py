"""Does a paper show what the form states? The stated value against its nearest rivals."""
