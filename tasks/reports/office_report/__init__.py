"""The day's and the month's report of the office, as a page, a PDF and a note of the run."""
