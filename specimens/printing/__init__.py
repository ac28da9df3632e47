"""How documents are printed: sheets, typefaces, seals, handwriting."""
