"""SpreadExecutionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import SpreadExecutionModel as Compiled

__all__ = ["SpreadExecutionModel"]


class SpreadExecutionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
