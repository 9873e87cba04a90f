"""Orders, their tickets and events, fills and fees."""
