"""The people's side: the `kinbind` command."""
