"""What leaves the office: notices composed, signed, sent and retried."""
