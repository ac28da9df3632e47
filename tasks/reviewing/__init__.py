"""What people do with a case: claim, draft, give an opinion, undo, settle, reopen; each one unit of work."""
