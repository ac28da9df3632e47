"""What is wrong in policies, told on its line with what to write instead."""
