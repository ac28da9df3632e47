"""What people and programs use: the `kinbind` command, the review console, the API."""
