"""The folder that LEAN has on its path beside the engine: Alphas, Portfolio, Risk, Execution, Selection."""
