"""A runnable stand-in for QuantConnect's LEAN engine, for tests and for work without it."""
