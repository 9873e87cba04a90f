"""What the user should know, said once."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, MutableMapping
from datetime import timedelta
from typing import Any, Final

from regime_framework.config import RegimeConfig
from regime_framework.service.cache import RegimeModelCache
from regime_framework.service.schedule import RetrainSchedule
from regime_framework.service.updater import BatchRegimeUpdater

__all__ = ["Notices"]

_BARS_A_STATE: Final = 252
_LOOKUPS: Final = 100  # before a hit rate says anything

_log = logging.getLogger("regime_framework")


class Notices:
    """Each topic is logged once, as a warning of logger "regime_framework", and kept for the user."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[str, str] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts so far, in their order."""
        with self._lock:
            return tuple(self._said.values())

    def say(self, topic: str, text: str) -> None:
        """Log `text` unless something was said about `topic` before."""
        with self._lock:
            if topic in self._said:
                return
            self._said[topic] = text
        _log.warning("%s", text)

    def check_configs(self, configs: Iterable[RegimeConfig]) -> None:
        """Windows that are too short for their states, or that grow."""
        for config in configs:
            needed = _BARS_A_STATE * (config.n_states if config.n_states > 2 else 1)
            if config.lookback is None:
                # The grid goes on from its last fit, so that only what EM does grows with the window.
                costs = "memory" if config.estimator == "grid" else "memory and training time"
                self.say(f"lookback=None, {costs}", f"lookback=None lets every window grow with the data, and {costs} with it")
            elif config.lookback < needed:
                self.say(
                    f"lookback={config.lookback},{config.n_states}",
                    f"lookback={config.lookback} is short for {config.n_states} states: they are told apart reliably "
                    f"from {needed} bars on",
                )

    def check_wiring(
        self, configs: Iterable[RegimeConfig], cache: MutableMapping[Any, Any] | None, batch: BatchRegimeUpdater
    ) -> None:
        """Settings that cannot help each other."""
        if isinstance(cache, RegimeModelCache):
            for config in configs:
                self._frequencies(config, cache)
        workers = batch.max_workers
        if isinstance(workers, int) and workers > 1:
            cores = os.cpu_count() or 1
            if not batch.use_parallel:
                self.say("max_workers", f"max_workers={workers} is without effect: use_parallel is off")
            elif workers > cores and batch.executor is None:
                self.say("max_workers", f"max_workers={workers} is more than the {cores} cores of this machine: the rest will idle")

    def check_load(self, symbols: int, batch: BatchRegimeUpdater) -> None:
        """Workers that have nothing to share out."""
        workers = batch.max_workers
        if symbols == 1 and isinstance(workers, int) and workers > 1:
            self.say("max_workers", f"max_workers={workers} is without effect: there is one symbol, and a training takes one core")

    def check_hits(self, hits: int, asked: int, symbols: int, cache: MutableMapping[Any, Any], config: RegimeConfig) -> None:
        """A cache that hardly ever has the model, with the probable cause."""
        if asked < max(_LOOKUPS, 4 * symbols) or hits * 2 >= asked or "hit rate" in self._said:
            return
        nominal = RetrainSchedule(config.retrain).nominal
        # cachetools' own caches tell their size too; a plain dict has no end.
        size = cache.max_size if isinstance(cache, RegimeModelCache) else getattr(cache, "maxsize", None)
        if size is not None and size < symbols:
            cause = f"the cache is too small: {symbols} symbols need as many models at once, it keeps {size}"
        elif nominal is not None and nominal <= timedelta(days=1):
            cause = f"the frequency is too high: with retrain={config.retrain!r} each bar brings a new window"
        else:
            cause = (
                "the data change: in one pass each training has a window that was never seen before; "
                "a second run, a sweep over other settings or a kept store finds the models again"
            )
        self.say("hit rate", f"cache hit rate {hits / asked:.0%} ({hits} of {asked} lookups): {cause}")

    def _frequencies(self, config: RegimeConfig, cache: RegimeModelCache) -> None:
        nominal = RetrainSchedule(config.retrain).nominal
        if cache.retrain is not None and cache.retrain != config.retrain:
            self.say(
                "frequencies",
                f"frequencies do not match: the cache is for retrain={cache.retrain!r}, detection has retrain={config.retrain!r}",
            )
        elif cache.ttl is not None and nominal is not None and cache.ttl < nominal:
            self.say(
                "frequencies",
                f"frequencies do not match: models expire after {cache.ttl}, before the next training "
                f"of retrain={config.retrain!r} is due",
            )
