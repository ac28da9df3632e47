"""How soon the drift watch finds what changes, and how often it alarms about nothing."""
