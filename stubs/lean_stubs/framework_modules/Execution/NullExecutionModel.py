"""NullExecutionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import NullExecutionModel as Compiled

__all__ = ["NullExecutionModel"]


class NullExecutionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
