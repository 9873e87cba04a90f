"""Weights by market regime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from AlgorithmImports import PortfolioBias, PortfolioConstructionModel, PortfolioTarget, Resolution

from regime_framework.errors import InvalidSetting
from regime_framework.lean.charts import MarketDisplay
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.ledger import InsightLedger, OpenInsight
from regime_framework.lean.mappings import finite
from regime_framework.lean.positions import AskedPositions, below_minimum
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.lean.weigher import RegimeWeigher
from regime_framework.regimes import Regime

if TYPE_CHECKING:
    from AlgorithmImports import Insight, QCAlgorithm, SecurityChanges, Symbol

    from regime_framework.service import RegimeService

__all__ = ["RegimePortfolioConstructionModel"]

_NEVER: Final = datetime(2100, 1, 1)
_OF_SINGLE_SYMBOLS: Final = ("insights", "expiry", "price")  # causes that leave the weights of other symbols alone


class RegimePortfolioConstructionModel(PortfolioConstructionModel):
    """Turns insights into weights as the market's regime says, and trades when that regime changes.

    Parameters
    ----------
    service : RegimeService
        Shared with the other models; needs a market where anything is keyed by regime.
    rebalance : Resolution, timedelta, date rule or callable, optional
        Calendar of rebalances besides changes of regime, of insights and of the universe; None has no calendar.
    portfolio_bias : PortfolioBias, default LONG_SHORT
    exposure : mapping of Regime to float, optional
        Share of capital by market regime, at most `max_gross`; 1 in regimes not named, and before a regime is known.
    allocations : mapping of Regime to mapping of ticker to weight, optional
        Fixed weights in that regime instead of what the insights say, traded without insights; `exposure` does not
        touch them.
    models : mapping of Regime to PortfolioConstructionModel, optional
        Who turns insights into weights in that regime; the key None is for all others and for the time before a
        regime is known. Without it: equal weights.
    sources : mapping of str to float or to mapping of Regime to float, optional
        Share of capital by alpha, "*" for all not named; shares above one in sum are scaled down. Every alpha's
        active insights then count, not only the last one of each symbol.
    max_weight : float, default 1
        Largest absolute weight of a symbol.
    max_gross : float, default 1
        Largest sum of absolute weights.
    tolerance : float, default 0
        A weight that is nearer than this to what is wanted is left as it is, unless the sum of all would be further off.
        Entries, exits and turns are always traded.
    charts : bool, default True
        Keep runtime statistics and two charts of the market's regime.

    Raises
    ------
    InvalidSetting
        If an argument breaks its rule; names parameter, rule and value.

    Notes
    -----
    A change of regime, of the universe, or the calendar trades every symbol back to its weight. A change of insights trades
    the weights that it changes and leaves others where prices have moved them: of 500 symbols some change every day.
    An insight that repeats what its source said of the symbol before is no change: it renews, and nothing is traded for
    it. Where `models` weigh, a weight, confidence or magnitude that moved by more than a tenth is another view. An insight
    that ends without a successor, or that somebody cancels, is a change. LEAN's own switches,
    ``rebalance_on_insight_changes`` and ``rebalance_on_security_changes``, work as in its own models.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(
        self,
        service: RegimeService,
        *,
        rebalance: Any = None,
        portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT,
        exposure: Mapping[Regime, float] | None = None,
        allocations: Mapping[Regime, Mapping[str, float]] | None = None,
        models: Mapping[Regime | None, PortfolioConstructionModel] | None = None,
        sources: Mapping[str, float | Mapping[Regime, float]] | None = None,
        max_weight: float = 1.0,
        max_gross: float = 1.0,
        tolerance: float = 0.0,
        charts: bool = True,
    ) -> None:
        super().__init__()
        if not isinstance(portfolio_bias, PortfolioBias):
            raise InvalidSetting("portfolio_bias", "must be a PortfolioBias", portfolio_bias)
        self._weigher = RegimeWeigher(
            Regime.of_states(service.configs.get(service.market_symbol or "", service.config).n_states),
            exposure=exposure,
            allocations=allocations,
            models=models,
            sources=sources,
            bias=int(portfolio_bias),
            max_weight=max_weight,
            max_gross=max_gross,
        )
        if self._weigher.keyed and service.market_symbol is None:
            raise InvalidSetting("service", "needs a market, RegimeService(..., market=...)", service)
        self._service = service
        self._feed = DailyBarFeed.of(service)
        self._display = MarketDisplay.of(service) if charts and service.market_symbol is not None else None
        self._positions = AskedPositions(finite(0.0, 1.0)("tolerance", tolerance))
        self._algorithm: QCAlgorithm | None = None
        self._regime: Regime | None = None
        self._decided: tuple[dict[str, float], dict[str, float], dict[str, Symbol]] | None = None
        self._ledger = InsightLedger(by_source=self._weigher.by_source, by_numbers=bool(self._weigher.inner))
        self._speaking: list[OpenInsight] | None = None
        self._percents: dict[Insight, float] | None = None
        self._causes: Counter[str] = Counter()
        self._cause = ""
        self._said: set[str] = set()
        self._missed = self._new_securities = self._resolved = self._followed = False
        self.set_rebalancing_func(_calendar(rebalance))

    @property
    def rebalances(self) -> dict[str, int]:
        """Rebalances by cause: regime, warm-up, price, insights, securities, expiry, calendar."""
        return dict(self._causes)

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Feed the service, tell the inner models, and look up the tickers of the allocations once."""
        super().on_securities_changed(algorithm, changes)
        self._algorithm = algorithm
        self._new_securities = True
        self._feed.on_securities_changed(algorithm, changes)
        for inner in self._weigher.inner:
            inner.on_securities_changed(algorithm, changes)
        self._weigher.allocations.follow(changes)
        if self._weigher.allocations and not self._resolved:
            self._weigher.allocations.resolve(algorithm)
            self._resolved = True

    def create_targets(self, algorithm: QCAlgorithm, insights: Any) -> list[Any]:
        """Targets when a rebalance is due, nothing otherwise.

        Parameters
        ----------
        algorithm : QCAlgorithm
        insights : sequence of Insight
            Those of this step only.

        Returns
        -------
        list of PortfolioTarget
        """
        self._algorithm = algorithm
        self._feed.refresh(algorithm)
        self._ledger.follow(algorithm.insights, insights, algorithm.utc_time)
        self._followed, self._percents = True, None
        if self._display is not None:
            self._display.show(algorithm)
        if algorithm.is_warming_up:
            # Targets made now would be ordered after the warm-up, at sizes of long ago.
            self._missed = True
            return []
        self._decided, self._cause = None, ""
        targets = list(super().create_targets(algorithm, insights))
        if self._decided is None:
            return targets
        weights, alone, symbols = self._decided
        percents = [PortfolioTarget.percent(algorithm, symbols[row], weight) for row, weight in alone.items()]
        targets += [target for target in percents if target is not None]
        return targets + self._positions.close_forgotten(algorithm, weights, targets)

    def is_rebalance_due(self, insights: Any, algorithm_utc: Any) -> bool:
        """LEAN's own rules, but for insights that only renew; a change of regime, and a price that was waited for."""
        news = self._ledger.cause if self.rebalance_on_insight_changes else None
        cause = self._own_cause()
        if cause is None and self._new_securities and self.rebalance_on_security_changes:
            cause = "securities"
        cause = cause or news
        # LEAN's rule is asked about its calendar: it would take any insight for a change.
        due = bool(super().is_rebalance_due([], algorithm_utc))
        if cause is not None and not due:
            self.refresh_rebalance(algorithm_utc)
        if due or cause is not None:
            self._cause = "calendar" if due and cause in _OF_SINGLE_SYMBOLS else cause or "calendar"
            self._causes[self._cause] += 1
            self._missed = self._new_securities = False
            self._ledger.acted()
        return due or cause is not None

    def get_target_insights(self) -> list[Insight]:
        """The last active insight of each symbol; with `sources`, the last of each source is kept aside."""
        if not self._followed:  # asked as somebody's inner model: no step was ever seen
            return list(super().get_target_insights())
        accepts = self.should_create_target_for_insight if self._overrides("should_create_target_for_insight") else None
        self._speaking = self._ledger.speaking(accepts)
        by_row = {entry.row: entry.insight for entry in self._speaking}
        if self._overrides("determine_target_percent") or self._overrides("get_target_insights"):
            return list(by_row.values())
        # Nobody else looks at the list: weigh now, and hand over only what needs a target, since each crosses twice.
        self._percents = self._weigh(self._speaking, by_row)
        return list(self._percents)

    def determine_target_percent(self, insights: list[Insight]) -> Any:
        """Weights within all limits; the position of an insight that is left out stays as it is.

        Returns
        -------
        dict of Insight to float
        """
        percents, self._percents = self._percents, None
        if percents is not None:
            return percents
        speaking, self._speaking = self._speaking, None
        given = [OpenInsight.read(insight) for insight in insights]
        by_row = {entry.row: entry.insight for entry in given}
        # With sources the insights given stand for all of their symbols.
        others = [entry for entry in speaking or () if entry.row in by_row] if self._weigher.by_source else []
        return self._weigh(others or given, by_row)

    OnSecuritiesChanged = on_securities_changed
    CreateTargets = create_targets
    IsRebalanceDue = is_rebalance_due
    GetTargetInsights = get_target_insights
    DetermineTargetPercent = determine_target_percent

    def _weigh(self, speaking: list[OpenInsight], by_row: dict[str, Insight]) -> dict[Insight, float]:
        market = self._service.market if self._weigher.keyed else None
        weights, symbols = self._weigher.weights(speaking, None if market is None else market.regime, self._say_once)
        algorithm = self._algorithm
        if algorithm is None:
            # Asked as somebody's inner model, before the engine has shown itself: there is nothing to compare with.
            return {insight: weights[row] for row, insight in by_row.items()}
        least = below_minimum(algorithm, weights, symbols)
        if least is not None:
            self._say_once(
                f"no weight reaches LEAN's minimum order margin of {least:.1%}, so nothing will be traded: "
                "set settings.minimum_order_margin_portfolio_percentage = 0"
            )
        trades = self._positions.to_trade(algorithm, weights, symbols, changed_only=self._cause in _OF_SINGLE_SYMBOLS)
        self._decided = weights, {row: weight for row, weight in trades.items() if row not in by_row}, symbols
        return {by_row[row]: weight for row, weight in trades.items() if row in by_row}

    def _own_cause(self) -> str | None:
        market = self._service.market if self._weigher.keyed else None
        if market is not None and market.regime is not self._regime:
            self._regime = market.regime
            return "regime"
        if self._missed:
            return "warm-up"
        return "price" if self._algorithm is not None and self._positions.price_came(self._algorithm) else None

    def _overrides(self, hook: str) -> bool:
        """Whether a user's subclass has this hook."""
        ancestors = type(self).__mro__
        return any(hook in vars(cls) for cls in ancestors[: ancestors.index(RegimePortfolioConstructionModel)])

    def _say_once(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            if self._algorithm is not None:
                self._algorithm.debug(f"{type(self).__name__}: {text}.")


def _calendar(rebalance: Any) -> Any:
    """What LEAN takes as a rebalancing function; it would silently ignore anything else and trade on every slice."""
    if rebalance is None:
        return lambda utc: _NEVER
    spans = {
        Resolution.SECOND: timedelta(seconds=1),
        Resolution.MINUTE: timedelta(minutes=1),
        Resolution.HOUR: timedelta(hours=1),
        Resolution.DAILY: timedelta(days=1),
    }
    if isinstance(rebalance, Resolution) and rebalance in spans:
        return spans[rebalance]
    is_span = isinstance(rebalance, timedelta) and rebalance > timedelta(0)
    if is_span or (callable(rebalance) and not isinstance(rebalance, type)) or hasattr(rebalance, "get_dates"):
        return rebalance
    raise InvalidSetting("rebalance", "must be a Resolution, a positive timedelta, a date rule, a callable or None", rebalance)
