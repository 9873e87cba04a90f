"""The engine: loading an algorithm, its loop, and running it."""
