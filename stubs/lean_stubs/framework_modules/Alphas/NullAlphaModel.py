"""NullAlphaModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import NullAlphaModel as Compiled

__all__ = ["NullAlphaModel"]


class NullAlphaModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
