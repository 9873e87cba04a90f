"""ImmediateExecutionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import ImmediateExecutionModel as Compiled

__all__ = ["ImmediateExecutionModel"]


class ImmediateExecutionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
