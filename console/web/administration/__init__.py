"""The pages about the office itself: dashboard, people, employers."""
