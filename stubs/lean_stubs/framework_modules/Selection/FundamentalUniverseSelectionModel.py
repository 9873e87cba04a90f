"""FundamentalUniverseSelectionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import FundamentalUniverseSelectionModel as Compiled

__all__ = ["FundamentalUniverseSelectionModel"]


class FundamentalUniverseSelectionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
