"""ManualUniverseSelectionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import ManualUniverseSelectionModel as Compiled

__all__ = ["ManualUniverseSelectionModel"]


class ManualUniverseSelectionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
