"""UniverseSelectionModel under its module name."""

from AlgorithmImports import UniverseSelectionModel

__all__ = ["UniverseSelectionModel"]
