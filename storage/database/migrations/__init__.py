"""The history of the tables, one step a file; a step that was released is never changed."""
