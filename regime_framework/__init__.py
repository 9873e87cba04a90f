"""Market regimes for QuantConnect LEAN's algorithm framework.

This door needs no LEAN; the models that LEAN composes are in :mod:`regime_framework.lean`.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting, NotEnoughData, RegimeError, UnknownSymbol
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.service import (
    BatchRegimeUpdater,
    DirectoryModelStore,
    ModelStore,
    PerformanceProfiler,
    RegimeModelCache,
    RegimeService,
    RetrainSchedule,
    ServiceStatistics,
)

try:
    __version__ = version("regime-framework")
except PackageNotFoundError:  # files copied beside an algorithm, as in QuantConnect's cloud
    __version__ = "0+unknown"

__all__ = [
    "BatchRegimeUpdater",
    "DirectoryModelStore",
    "FitError",
    "InvalidSetting",
    "ModelStore",
    "NotEnoughData",
    "PerformanceProfiler",
    "PriceBar",
    "Regime",
    "RegimeConfig",
    "RegimeError",
    "RegimeEstimate",
    "RegimeModelCache",
    "RegimeService",
    "RetrainSchedule",
    "ServiceStatistics",
    "UnknownSymbol",
]
