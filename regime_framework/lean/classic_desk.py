"""What stands behind the classic base classes: one service, made from what was enabled, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting, RegimeError, UnknownSymbol
from regime_framework.lean.clock import aware
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.mappings import finite
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.service import BatchRegimeUpdater, PerformanceProfiler, RegimeModelCache, RegimeService

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm

__all__ = ["ClassicDesk", "RegimeHook"]

RegimeHook: TypeAlias = Callable[[Regime | None, Regime, float, str], None]


# Settings that have another name here than in a config.
_WRITTEN: Final = {"lookback": "lookback_days", "retrain": "retrain_frequency"}


@contextmanager
def _as_written() -> Iterator[None]:
    """Errors name the parameter as the user wrote it."""
    try:
        yield
    except InvalidSetting as error:
        if error.parameter not in _WRITTEN:
            raise
        raise InvalidSetting(_WRITTEN[error.parameter], error.rule, error.value) from None


@dataclass(slots=True)
class _Watch:
    """One ticker under detection."""

    settings: dict[str, Any]
    retrain: Any
    min_confidence: float
    row: str = ""
    estimate: RegimeEstimate | None = None
    regime: Regime | None = None


class ClassicDesk:
    """Collects settings in any order, feeds one service, and reports changes ticker by ticker."""

    def __init__(self) -> None:
        self._cache: MutableMapping[Any, Any] | None = None
        self._batch: BatchRegimeUpdater | None = None
        self.profiler = PerformanceProfiler()
        self.profiler.disable()
        self.retrain: Any = None
        self._watches: dict[str, _Watch] = {}
        self._service: RegimeService | None = None
        self._waiting: dict[datetime, dict[str, float | PriceBar]] = {}

    @property
    def cache(self) -> MutableMapping[Any, Any]:
        """Of trained models; made on first asking, replaceable until the first bar."""
        if self._cache is None:
            self._cache = RegimeModelCache()
        return self._cache

    @cache.setter
    def cache(self, cache: MutableMapping[Any, Any]) -> None:
        if not isinstance(cache, MutableMapping):
            raise InvalidSetting("_model_cache", "must be a mapping such as RegimeModelCache(max_cache_size=500)", cache)
        if self._service is not None:
            raise InvalidSetting("_model_cache", "must be given before the first bar", cache)
        self._cache = cache

    def keep_models(self, max_cache_size: int, retrain: Any) -> None:
        """A cache for a retraining frequency, which is also that of tickers that name none.

        Raises
        ------
        InvalidSetting
            If a value breaks its rule, or the first bar has been.
        """
        with _as_written():
            self.cache = RegimeModelCache(max_cache_size, retrain=retrain)
        self.retrain = retrain

    def cache_stats(self) -> dict[str, Any]:
        """The cache's own counts, or those of the service for a cache that counts nothing."""
        if isinstance(self.cache, RegimeModelCache):
            return dict(self.cache.get_stats())
        found = None if self._service is None else self._service.statistics
        return {
            "hit_rate": found.hit_rate if found else 0.0,
            "hit_count": found.cache_hits if found else 0,
            "miss_count": found.cache_misses if found else 0,
            "size": len(self.cache),
            "max_size": getattr(self.cache, "maxsize", None),
        }

    @property
    def batch(self) -> BatchRegimeUpdater | None:
        """How trainings are spread over workers; replaceable between bars."""
        return self._batch

    @batch.setter
    def batch(self, batch: BatchRegimeUpdater) -> None:
        self._batch = batch
        if self._service is not None:
            self._service.batch = batch

    @property
    def tickers(self) -> list[str]:
        """Tickers under detection, in the order they were initialised."""
        return list(self._watches)

    def watch(self, ticker: str, retrain: Any, min_confidence: float, settings: Mapping[str, Any]) -> None:
        """Put a ticker under detection.

        Raises
        ------
        InvalidSetting
            If it is already, or a setting breaks its rule.
        """
        if not isinstance(ticker, str) or not ticker:
            raise InvalidSetting("ticker", "must be a text that is not empty", ticker)
        if ticker in self._watches:
            raise InvalidSetting("ticker", "must be initialised once", ticker)
        if self._service is not None:
            raise InvalidSetting("ticker", "must be initialised before the first bar", ticker)
        watch = _Watch(dict(settings), retrain, finite(0.0, 1.0)("min_confidence", min_confidence))
        with _as_written():
            self._config(watch)  # complains now, not at the first bar
        self._watches[ticker] = watch

    def service(self, algorithm: QCAlgorithm) -> RegimeService:
        """The service, made on first asking.

        Raises
        ------
        RegimeError
            If no ticker is under detection.
        """
        if self._service is None:
            if not self._watches:
                raise RegimeError("call initialize_regime_detection(ticker) before asking for regimes")
            configs = {ticker: self._config(watch) for ticker, watch in self._watches.items()}
            self._service = RegimeService(
                next(iter(configs.values())),
                configs=configs,
                cache=self.cache,
                batch=self._batch,
                profiler=self.profiler,
                market=self.primary,
            )
            self._start(algorithm, self._service)
        return self._service

    def take(self, algorithm: QCAlgorithm, ticker: str, bar: Any) -> None:
        """A bar from the user's on_data.

        A ticker that the algorithm subscribes to is fed by the daily feed, whatever the subscription's resolution;
        for any other ticker the bar is a daily one.
        """
        watch = self._watches[self._name(ticker)]
        self.service(algorithm)
        if watch.row == ticker and bar is not None:  # LEAN hands out None for what has no bar
            prices = PriceBar(float(bar.open), float(bar.high), float(bar.low), float(bar.close))
            self._waiting.setdefault(aware(bar.end_time), {})[ticker] = prices

    def is_ready(self, algorithm: QCAlgorithm, ticker: str | None) -> bool:
        """Whether one ticker, or every ticker, has a regime."""
        names = self.tickers if ticker is None else [self._name(ticker)]
        if not names:
            return False
        estimates = self._caught_up(algorithm)
        return all(self._watches[name].row in estimates for name in names)

    def update(self, algorithm: QCAlgorithm, tickers: Iterable[str], hook: RegimeHook) -> dict[str, RegimeEstimate | None]:
        """Estimates by ticker after everything that has arrived; None where there is none, see the service's failures.

        Parameters
        ----------
        algorithm : QCAlgorithm
        tickers : iterable of str
        hook : callable
            Called as (old, new, confidence, ticker) for each of `tickers` whose regime changed; old is None at first.
        """
        names = [self._name(ticker) for ticker in tickers]
        estimates = self._caught_up(algorithm)
        found: dict[str, RegimeEstimate | None] = {}
        for name in names:
            watch = self._watches[name]
            estimate = watch.estimate = found[name] = estimates.get(watch.row)
            if estimate is not None and estimate.confidence >= watch.min_confidence and estimate.regime is not watch.regime:
                old, watch.regime = watch.regime, estimate.regime
                hook(old, estimate.regime, estimate.confidence, name)
        return found

    def regime(self, ticker: str | None) -> Regime | None:
        """The regime of the last update that was sure enough; of the first ticker where none is named."""
        name = self.primary if ticker is None else self._name(ticker)
        return None if name is None else self._watches[name].regime

    def estimate(self, ticker: str | None) -> RegimeEstimate | None:
        """The estimate of the last update."""
        name = self.primary if ticker is None else self._name(ticker)
        return None if name is None else self._watches[name].estimate

    @property
    def primary(self) -> str | None:
        """The ticker that was initialised first."""
        return next(iter(self._watches), None)

    def _name(self, ticker: str) -> str:
        if ticker not in self._watches:
            known = ", ".join(self._watches) or "none"
            raise UnknownSymbol(f"{ticker!r} was not initialised with initialize_regime_detection (initialised: {known})")
        return ticker

    def _caught_up(self, algorithm: QCAlgorithm) -> Mapping[str, RegimeEstimate]:
        service = self.service(algorithm)
        DailyBarFeed.of(service).refresh(algorithm)
        for end in sorted(self._waiting):
            service.update(end, self._waiting.pop(end))
        return service.estimates

    def _config(self, watch: _Watch) -> RegimeConfig:
        retrain: Any = next((rule for rule in (watch.retrain, self.retrain) if rule is not None), "weekly")
        return RegimeConfig(**watch.settings, retrain=retrain)

    def _start(self, algorithm: QCAlgorithm, service: RegimeService) -> None:
        held = {str(security.symbol.value).upper(): security for security in algorithm.securities.values()}
        securities = {}
        for ticker, watch in self._watches.items():
            security = held.get(ticker.upper())
            if security is not None:
                watch.row = str(security.symbol.id)
                securities[watch.row] = security
            else:
                watch.row = ticker
                service.add(ticker)
        DailyBarFeed.of(service).start(algorithm, securities)
