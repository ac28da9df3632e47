"""What people do with a case: claim, draft, opine, undo, settle, reopen; one unit of work each."""
