"""State and time: which symbols are followed, when their models are trained anew, and where models are kept."""

from __future__ import annotations

from regime_framework.service.cache import RegimeModelCache
from regime_framework.service.profiler import PartStatistics, PerformanceProfiler
from regime_framework.service.schedule import RetrainSchedule
from regime_framework.service.service import RegimeService
from regime_framework.service.statistics import ServiceStatistics
from regime_framework.service.store import DirectoryModelStore, ModelStore
from regime_framework.service.universe import UNIVERSE
from regime_framework.service.updater import BatchRegimeUpdater

__all__ = [
    "UNIVERSE",
    "BatchRegimeUpdater",
    "DirectoryModelStore",
    "ModelStore",
    "PartStatistics",
    "PerformanceProfiler",
    "RegimeModelCache",
    "RegimeService",
    "RetrainSchedule",
    "ServiceStatistics",
]
