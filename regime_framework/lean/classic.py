"""Base classes for algorithms that drive themselves from on_data instead of LEAN's framework models."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import TYPE_CHECKING, Any

from AlgorithmImports import QCAlgorithm

from regime_framework.errors import InvalidSetting, RegimeError
from regime_framework.lean.classic_desk import ClassicDesk
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.service import BatchRegimeUpdater, PerformanceProfiler

if TYPE_CHECKING:
    from AlgorithmImports import Slice, TradeBar

__all__ = ["HiddenRegimeAlgorithm", "HiddenRegimeAlgorithmOptimized"]


class HiddenRegimeAlgorithm(QCAlgorithm):
    """Regimes for an algorithm that asks for them itself.

    Derive from it, call :meth:`initialize_regime_detection` for each ticker in `initialize`, and
    :meth:`update_regime` in `on_data`. Tickers that the algorithm subscribes to are fed daily bars from any
    resolution, with history for a start; for others hand daily bars to :meth:`on_tradebar`.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(self) -> None:
        super().__init__()
        if type(self).__module__ == __name__:
            raise RegimeError(
                f"{type(self).__name__} is a base class: derive your algorithm from it. If you did, LEAN picked the wrong "
                "class: it takes the last algorithm class whose module name begins with your file's name, so give your "
                "file a name that 'regime_framework' does not begin with."
            )

    def initialize(self) -> None:
        """Called by the engine; nothing to do here."""

    def on_data(self, data: Slice) -> None:
        """Called by the engine; nothing to do here."""

    def on_end_of_algorithm(self) -> None:
        """Called by the engine; nothing to do here."""

    def on_regime_change(self, old: Regime | None, new: Regime, confidence: float, ticker: str) -> None:
        """Override: called by an update that finds another regime; `old` is None for the first one."""

    Initialize = initialize
    OnData = on_data
    OnEndOfAlgorithm = on_end_of_algorithm
    OnRegimeChange = on_regime_change

    def initialize_regime_detection(
        self,
        ticker: str,
        n_states: int = 3,
        lookback_days: int | None = 252,
        retrain_frequency: Any = None,
        min_confidence: float = 0.0,
        **settings: Any,
    ) -> None:
        """Put a ticker under detection.

        Parameters
        ----------
        ticker : str
        n_states : int, default 3
        lookback_days : int or None, default 252
            Trading days in the training window; None lets it grow.
        retrain_frequency : str, int or timedelta, optional
            By default that of `enable_caching`, or else "weekly".
        min_confidence : float, default 0
            A change of regime counts once its probability reaches this.
        **settings
            Further fields of :class:`RegimeConfig`.

        Raises
        ------
        InvalidSetting
            If the ticker was initialised before, or a setting breaks its rule.
        """
        self._desk.watch(ticker, retrain_frequency, min_confidence, {"n_states": n_states, "lookback": lookback_days, **settings})

    def on_tradebar(self, ticker: str, bar: TradeBar) -> None:
        """Hand over a bar; needed only for tickers without a subscription, harmless for the others.

        Raises
        ------
        UnknownSymbol
            If the ticker is not under detection.
        """
        self._desk.take(self, ticker, bar)

    def regime_is_ready(self, ticker: str | None = None) -> bool:
        """Whether a ticker has a regime, or all have."""
        return self._desk.is_ready(self, ticker)

    def update_regime(self, ticker: str | None = None) -> RegimeEstimate | None:
        """The estimate after the newest bar, None if there is none yet; of the first ticker where none is named."""
        name = ticker or self._desk.primary
        if name is None:
            raise RegimeError("call initialize_regime_detection(ticker) before update_regime")
        return self._desk.update(self, [name], self.on_regime_change)[name]

    def regime_of(self, ticker: str) -> Regime | None:
        """A ticker's regime at its last update."""
        return self._desk.regime(ticker)

    @property
    def current_regime(self) -> Regime | None:
        """The first ticker's regime at its last update."""
        return self._desk.regime(None)

    @property
    def regime_confidence(self) -> float:
        """Probability of the first ticker's regime; 0 before there is one."""
        estimate = self._desk.estimate(None)
        return 0.0 if estimate is None else estimate.confidence

    @property
    def regime_state(self) -> int | None:
        """The first ticker's state, 0 the calmest."""
        estimate = self._desk.estimate(None)
        return None if estimate is None else estimate.state

    @property
    def _desk(self) -> ClassicDesk:
        # Made on first use: a user's __init__ may forget to call ours.
        desk: ClassicDesk | None = getattr(self, "_regime_desk", None)
        if desk is None:
            desk = self._regime_desk = ClassicDesk()
        return desk


class HiddenRegimeAlgorithmOptimized(HiddenRegimeAlgorithm):
    """The same with a shared model cache, batched updates and a profiler under the user's control."""

    def enable_caching(self, max_cache_size: int = 200, retrain_frequency: Any = None) -> None:
        """Keep trained models.

        Parameters
        ----------
        max_cache_size : int, default 200
        retrain_frequency : str, int or timedelta, optional
            For tickers that name none themselves; one that names another is warned of.

        Raises
        ------
        InvalidSetting
            If a value breaks its rule.
        """
        self._desk.keep_models(max_cache_size, retrain_frequency)

    def enable_batch_updates(self, max_workers: int | None = 4, use_parallel: bool = True) -> None:
        """Train several tickers at once.

        Raises
        ------
        InvalidSetting
            If `max_workers` is below 1.
        """
        self._desk.batch = BatchRegimeUpdater(max_workers, use_parallel=use_parallel)

    def enable_profiling(self) -> None:
        """Measure where time goes."""
        self._desk.profiler.enable()

    def batch_update_regimes(self, tickers: Iterable[str]) -> dict[str, RegimeEstimate | None]:
        """Estimates by ticker, None for one that has none or failed; the others go on.

        Raises
        ------
        UnknownSymbol
            If a ticker is not under detection.
        InvalidSetting
            If `tickers` is a single text.
        """
        if isinstance(tickers, str):
            raise InvalidSetting("tickers", "must be several tickers, as in a list", tickers)
        return self._desk.update(self, tickers, self.on_regime_change)

    def get_cache_stats(self) -> dict[str, Any]:
        """hit_rate, hit_count, miss_count, size, max_size, evictions, expired; of a cache of your own what it tells."""
        return self._desk.cache_stats()

    def log_performance_summary(self) -> None:
        """Write the profiler's summary and the cache's statistics to the log."""
        for line in self._desk.profiler.summary().splitlines():
            self.log(line)
        stats = self.get_cache_stats()
        most = "" if stats["max_size"] is None else f" of {stats['max_size']:g}"
        self.log(f"Model cache: {stats['size']}{most} models, hit rate {stats['hit_rate']:.1%}")

    @property
    def _model_cache(self) -> MutableMapping[Any, Any]:
        return self._desk.cache

    @_model_cache.setter
    def _model_cache(self, cache: MutableMapping[Any, Any]) -> None:
        self._desk.cache = cache

    @property
    def _profiler(self) -> PerformanceProfiler:
        return self._desk.profiler
