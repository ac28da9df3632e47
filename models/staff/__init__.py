"""The people of the office: roles, accounts, sessions."""
