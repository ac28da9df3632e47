"""What people read, beside what the machine read, and the checks run anew with it."""
