"""VolumeShareSlippageModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import VolumeShareSlippageModel as Compiled

__all__ = ["VolumeShareSlippageModel"]


class VolumeShareSlippageModel(Compiled):
    """The compiled model's rule."""
