"""LEAN's Python slippage models by their module names."""
