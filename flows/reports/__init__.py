"""What is published: the morning's reports, the data team's tables, artifacts of a run."""
