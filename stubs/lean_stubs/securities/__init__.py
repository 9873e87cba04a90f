"""Securities, positions, cash and buying power."""
