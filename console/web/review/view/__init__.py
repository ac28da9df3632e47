"""What the page of a case shows, as plain values: no request, no template."""
