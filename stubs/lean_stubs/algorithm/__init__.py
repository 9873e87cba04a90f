"""QCAlgorithm and the state behind it."""
