"""What ties two hukou pages that print no household number to one book, and how strongly."""
