"""Several worker hosts over one database and one bucket, with reading replaced by its delay."""
