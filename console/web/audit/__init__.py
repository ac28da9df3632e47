"""The pages for auditors: search, history, runs."""
