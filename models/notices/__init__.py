"""What programs send and are sent: API keys, submissions, notices and their deliveries."""
