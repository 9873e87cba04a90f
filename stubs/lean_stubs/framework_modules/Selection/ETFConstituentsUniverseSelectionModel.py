"""ETFConstituentsUniverseSelectionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import ETFConstituentsUniverseSelectionModel as Compiled

__all__ = ["ETFConstituentsUniverseSelectionModel"]


class ETFConstituentsUniverseSelectionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
