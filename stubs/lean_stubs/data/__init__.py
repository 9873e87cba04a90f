"""Bars, slices, subscriptions, history: market data from its files to the algorithm."""
