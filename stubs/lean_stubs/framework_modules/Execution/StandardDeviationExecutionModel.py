"""StandardDeviationExecutionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import StandardDeviationExecutionModel as Compiled

__all__ = ["StandardDeviationExecutionModel"]


class StandardDeviationExecutionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
