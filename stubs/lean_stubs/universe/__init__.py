"""Universes: which securities an algorithm has, and when that changes."""
