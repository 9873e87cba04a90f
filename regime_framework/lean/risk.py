"""Exits and caps by regime, also between two rebalances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from AlgorithmImports import PortfolioTarget, RiskManagementModel

from regime_framework.errors import InvalidSetting
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.gate import Position, capped
from regime_framework.lean.mappings import by_regime, finite, regimes
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.regimes import Regime

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, SecurityChanges, Symbol

    from regime_framework.service import RegimeService

__all__ = ["RegimeRiskManagementModel"]


class RegimeRiskManagementModel(RiskManagementModel):
    """Closes or cuts positions while a regime lasts, and lets them back when it is over.

    Parameters
    ----------
    service : RegimeService
        With a market, the market's regime decides for the whole portfolio; without one, each symbol's own decides
        for that symbol.
    exit_in : iterable of Regime, default BEAR and CRISIS
        Regimes in which nothing is held, or no more than `max_exposure`.
    max_exposure : float or mapping of Regime to float, optional
        Largest gross share of capital in the regimes of `exit_in`; a mapping names its own regimes.

    Notes
    -----
    Answers at every step for every target asked and everything held: a model that answers only on the change would be
    overruled by the next rebalance, and one that answers only for holdings would let the portfolio in and out each day.
    When the regime is over, what the portfolio model last asked for is asked for again, at the weight it had then, so
    that re-entry does not wait for a calendar.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(
        self,
        service: RegimeService,
        *,
        exit_in: Iterable[Regime] = (Regime.BEAR, Regime.CRISIS),
        max_exposure: float | Mapping[Regime, float] | None = None,
    ) -> None:
        super().__init__()
        share = finite(0.0)
        caps = dict.fromkeys(regimes("exit_in", exit_in), 0.0)
        if isinstance(max_exposure, Mapping):
            caps.update(by_regime("max_exposure", max_exposure, share))
        elif max_exposure is not None:
            caps = dict.fromkeys(caps, share("max_exposure", max_exposure))
        if not caps:
            raise InvalidSetting("exit_in", "must name a regime where max_exposure names none", exit_in)
        self._service = service
        self._feed = DailyBarFeed.of(service)
        self._caps = caps
        self._by_market = service.market_symbol is not None
        self._wanted: dict[str, tuple[Symbol, float]] = {}
        self._held_back: set[str] = set()
        self._sequence = -1

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Feed the service."""
        self._feed.on_securities_changed(algorithm, changes)
        for security in changes.removed_securities:
            row = str(security.symbol.id)
            self._wanted.pop(row, None)
            self._held_back.discard(row)

    def manage_risk(self, algorithm: QCAlgorithm, targets: Any) -> list[Any]:
        """Targets that overrule those asked for; none while no regime forbids anything.

        Parameters
        ----------
        algorithm : QCAlgorithm
        targets : sequence of PortfolioTarget
            Those of this step only.

        Returns
        -------
        list of PortfolioTarget
        """
        sequence = self._feed.refresh(algorithm)
        if algorithm.is_warming_up or (not len(targets) and sequence == self._sequence):
            return []
        self._sequence = sequence
        asked = {str(target.symbol.id): _Holding(algorithm, target.symbol, target.quantity) for target in targets}
        for row, holding in asked.items():
            self._wanted[row] = holding.symbol, holding.weight
        found = self._held(algorithm) | asked if self._forbids() else asked
        quantities: dict[str, int] = {}
        for regime, rows in self._by_regime(sorted(found)).items():
            positions = {row: Position(found[row].quantity, found[row].weight) for row in rows}
            quantities |= capped(positions, self._caps[regime], asked=frozenset(asked.keys() & rows))
        self._held_back |= quantities.keys()
        answer = [PortfolioTarget(found[row].symbol, quantity) for row, quantity in sorted(quantities.items())]
        return answer + self._let_back(algorithm, asked)

    OnSecuritiesChanged = on_securities_changed
    ManageRisk = manage_risk

    def _forbids(self) -> bool:
        if self._by_market:
            return self._forbidden_regime("") is not None
        return any(estimate.regime in self._caps for estimate in self._service.estimates.values())

    def _forbidden_regime(self, row: str) -> Regime | None:
        """The regime that limits this row now, if any does."""
        estimate = self._service.market if self._by_market else self._service.estimates.get(row)
        return estimate.regime if estimate is not None and estimate.regime in self._caps else None

    def _by_regime(self, rows: Iterable[str]) -> dict[Regime, list[str]]:
        groups: dict[Regime, list[str]] = {}
        for row in rows:
            regime = self._forbidden_regime(row)
            if regime is not None:
                groups.setdefault(regime, []).append(row)
        return groups

    def _let_back(self, algorithm: QCAlgorithm, asked: Mapping[str, _Holding]) -> list[PortfolioTarget]:
        free = sorted(row for row in self._held_back if self._forbidden_regime(row) is None)
        self._held_back.difference_update(free)
        total = float(algorithm.portfolio.total_portfolio_value) if free else 0.0
        back = []
        for row in free:
            if row in asked or row not in self._wanted:
                continue
            symbol, weight = self._wanted[row]
            price = float(algorithm.securities[symbol].price)
            if weight and price > 0.0:
                back.append(PortfolioTarget(symbol, int(weight * total / price)))
        return back

    @staticmethod
    def _held(algorithm: QCAlgorithm) -> dict[str, _Holding]:
        if not algorithm.portfolio.invested:
            return {}
        held = [holding for holding in algorithm.portfolio.values() if holding.invested]
        return {str(holding.symbol.id): _Holding(algorithm, holding.symbol, holding.quantity) for holding in held}


class _Holding:
    """Shares of one symbol and their share of the portfolio."""

    def __init__(self, algorithm: QCAlgorithm, symbol: Symbol, quantity: float) -> None:
        total = float(algorithm.portfolio.total_portfolio_value)
        self.symbol = symbol
        self.quantity = float(quantity)
        self.weight = self.quantity * float(algorithm.securities[symbol].price) / total if total > 0.0 else 0.0
