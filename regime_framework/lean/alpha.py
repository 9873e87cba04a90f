"""Regimes as insights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from AlgorithmImports import AlphaModel, Insight, InsightDirection

from regime_framework.errors import InvalidSetting
from regime_framework.lean.charts import MarketDisplay
from regime_framework.lean.clock import aware
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.mappings import by_regime, finite
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.lean.tags import RegimeTag
from regime_framework.lean.views import ViewBook
from regime_framework.regimes import Regime, RegimeEstimate

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, SecurityChanges, Slice, Symbol

    from regime_framework.service import RegimeService

__all__ = ["RegimeAlphaModel"]

_DIRECTIONS: Final[dict[Regime, InsightDirection | None]] = {
    Regime.BULL: InsightDirection.UP,
    Regime.RECOVERY: InsightDirection.UP,
    Regime.SIDEWAYS: InsightDirection.FLAT,
    Regime.BEAR: InsightDirection.DOWN,
    Regime.CRISIS: InsightDirection.DOWN,
}
_PERIOD: Final = timedelta(days=30)
_HALF_LIFE: Final = 0.7  # half of a period's trading days, in days of the calendar
_MODELS: WeakSet[RegimeAlphaModel] = WeakSet()


class RegimeAlphaModel(AlphaModel):
    """Speaks when a regime is first known, when it changes, and again before what it said expires.

    Parameters
    ----------
    service : RegimeService
        Shared with the other models of the algorithm; whichever the engine calls first feeds it.
    directions : mapping of Regime to InsightDirection or None, optional
        Changes the default (BULL and RECOVERY up, SIDEWAYS flat, BEAR and CRISIS down); None says nothing.
    period : timedelta, default 30 trading days
        Life of an insight, whole trading days, at least two. A regime lasts for months, and every insight can cause a
        rebalance, so short periods cost orders.
    min_confidence : float, default 0
        Say nothing while the regime's probability is below this.
    symbols : iterable of tickers or Symbols, optional
        Speak about these only.
    market_only : bool, default False
        The market's regime decides for every symbol.
    name : str, default "RegimeAlphaModel"
        Source model of the insights; two models of one algorithm need two names.
    charts : bool, default True
        Keep runtime statistics and two charts of the market's regime.

    Raises
    ------
    InvalidSetting
        If an argument breaks its rule, or the name is taken by another model on this service.

    Notes
    -----
    An insight's magnitude is the regime's mean log return over the period, its confidence the filtered probability,
    its weight the same for weighting models (0 when flat), its tag a :class:`RegimeTag`. On a change, and on a renewal, the
    model cancels its own insight for that symbol and nobody else's, so that one stands at any time. Once one insight has
    to be renewed, all are that are past half their life, so that renewals fall on few bars. Nothing is said while warming up.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(
        self,
        service: RegimeService,
        *,
        directions: Mapping[Regime, InsightDirection | None] | None = None,
        period: timedelta | None = None,
        min_confidence: float = 0.0,
        symbols: Iterable[str | Symbol] | None = None,
        market_only: bool = False,
        name: str = "RegimeAlphaModel",
        charts: bool = True,
    ) -> None:
        super().__init__()
        # After the base constructor, which would overwrite it with a random name.
        self.name = name
        if market_only and service.market_symbol is None:
            raise InvalidSetting("market_only", "needs a service with a market, RegimeService(..., market=...)", market_only)
        self._source = _checked_name(name, service)
        self._service = service
        self._feed = DailyBarFeed.of(service)
        self._directions = {**_DIRECTIONS, **by_regime("directions", directions, _direction)}
        self._period = _checked_period(period)
        self._renew_within = self._period * _HALF_LIFE
        self._only = None if symbols is None else _checked_symbols(symbols)
        self._market_only = market_only
        self._book: ViewBook[Insight] = ViewBook(finite(0.0, 1.0)("min_confidence", min_confidence))
        self._inbox = self._feed.subscribe()
        self._display = MarketDisplay.of(service) if charts and service.market_symbol is not None else None
        self._algorithm: QCAlgorithm | None = None
        self._market_regime: Regime | None = None
        self._sequence = 0
        _MODELS.add(self)

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Start feeding what was added, forget what was removed."""
        if self._algorithm is None:
            self._algorithm = algorithm
            if any(m is not self and m._source == self._source and m._algorithm == algorithm for m in _MODELS):
                raise InvalidSetting("name", "must differ between the regime models of one algorithm", self._source)
        self._feed.on_securities_changed(algorithm, changes)
        self._book.forget(str(security.symbol.id) for security in changes.removed_securities)
        if self._market_only:
            self._inbox.update(str(security.symbol.id) for security in changes.added_securities)

    def update(self, algorithm: QCAlgorithm, data: Slice) -> list[Insight]:
        """Insights to say now; usually none.

        Returns
        -------
        list of Insight
        """
        sequence = self._feed.refresh(algorithm)
        if self._display is not None:
            self._display.show(algorithm)
        if algorithm.is_warming_up or (sequence == self._sequence and not self._inbox):
            return []
        rows = set(self._inbox)
        self._inbox.clear()
        renew: frozenset[str] = frozenset()
        if sequence != self._sequence:
            self._sequence = sequence
            now = aware(algorithm.utc_time)
            self._book.read_back(lambda row, insight: (aware(insight.close_time_utc), self._feed.exchange(row)))
            renew = self._book.due(now, lambda row, end: end < self._feed.next_close(row, now), self._renew_within)
            rows |= renew | self._book.unsure | self._rows_of_market_change()
        return self._speak(algorithm, rows, renew) if rows else []

    Update = update
    OnSecuritiesChanged = on_securities_changed

    def _rows_of_market_change(self) -> set[str]:
        market = self._service.market if self._market_only else None
        if market is None or market.regime is self._market_regime:
            return set()
        self._market_regime = market.regime
        return set(self._feed.symbols)

    def _speak(self, algorithm: QCAlgorithm, rows: set[str], renew: frozenset[str]) -> list[Insight]:
        estimates = self._estimates(rows)
        insights, cancelled = [], []
        for row, withdrawn in self._book.judge(rows, estimates, renew):
            if withdrawn is not None:
                cancelled.append(withdrawn)
            symbol = self._feed.symbol(row)
            if symbol is None or row in self._book.unsure:
                continue
            direction = self._directions[estimates[row].regime]
            if direction is not None:
                insight = self._insight(symbol, direction, estimates[row])
                self._book.said(row, insight)
                insights.append(insight)
        if cancelled:
            algorithm.insights.cancel(cancelled)
        return insights

    def _estimates(self, rows: set[str]) -> dict[str, RegimeEstimate]:
        only = self._only
        spoken = [row for row in rows if only is None or row in only or self._feed.ticker(row).upper() in only]
        if self._market_only:
            market = self._service.market
            return {} if market is None else dict.fromkeys(spoken, market)
        known = self._service.estimates
        found = ((row, known.get(row)) for row in spoken)
        return {row: estimate for row, estimate in found if estimate is not None}

    def _insight(self, symbol: Symbol, direction: InsightDirection, estimate: RegimeEstimate) -> Insight:
        magnitude = estimate.expected_return * self._period.days
        weight = 0.0 if direction == InsightDirection.FLAT else estimate.confidence
        tag = str(RegimeTag.of(estimate))
        return Insight.price(symbol, self._period, direction, magnitude, estimate.confidence, self._source, weight, tag)


def _direction(parameter: str, value: object) -> InsightDirection | None:
    if value is not None and not isinstance(value, InsightDirection):
        raise InvalidSetting(parameter, "must be an InsightDirection or None", value)
    return value


def _checked_name(name: object, service: RegimeService) -> str:
    if not isinstance(name, str) or not name:
        raise InvalidSetting("name", "must be a text that is not empty", name)
    if any(model._source == name and model._service is service for model in _MODELS):
        raise InvalidSetting("name", "must differ between the alpha models of one service", name)
    return name


def _checked_period(period: timedelta | None) -> timedelta:
    if period is None:
        return _PERIOD
    if not isinstance(period, timedelta) or period < timedelta(days=2) or period % timedelta(days=1):
        # The engine counts trading days for whole days only; with one day there is no bar on which to renew ahead.
        raise InvalidSetting("period", "must be a timedelta of whole days, at least 2", period)
    return period


def _checked_symbols(symbols: Iterable[str | Symbol]) -> frozenset[str]:
    names = frozenset() if isinstance(symbols, str) else frozenset(_name_of(symbol) for symbol in symbols)
    if not names:
        raise InvalidSetting("symbols", "must be a list of tickers or Symbols that is not empty, or None for all", symbols)
    return names


def _name_of(symbol: str | Symbol) -> str:
    return symbol.upper() if isinstance(symbol, str) else str(symbol.id)
