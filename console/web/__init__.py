"""The review console: where people decide what the machine left open."""
