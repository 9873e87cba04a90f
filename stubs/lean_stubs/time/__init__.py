"""Time zones, exchange hours and trading-day arithmetic."""
