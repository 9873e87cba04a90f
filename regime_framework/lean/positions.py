"""What a portfolio model asked for, against what is held: drift, waiting for prices, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from AlgorithmImports import PortfolioTarget

from regime_framework.lean.weights import is_drift

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, Symbol

__all__ = ["AskedPositions", "below_minimum"]

_SAME: Final = 1e-9  # a share of capital that no order can express
_FREE_SHARE: Final = 0.9975  # LEAN keeps 0.25 % of the portfolio free by default


class AskedPositions:
    """Remembers the weights asked for, so that nothing is forgotten and nothing is traded for drift.

    Parameters
    ----------
    tolerance : float
        A weight that is nearer than this to what is wanted is left as it is, unless all together are not.
    """

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._asked: dict[str, float] = {}
        self._symbols: dict[str, Symbol] = {}
        self._unpriced: dict[str, Symbol] = {}

    def price_came(self, algorithm: QCAlgorithm) -> bool:
        """Whether a symbol that was left waiting has a price by now."""
        return any(algorithm.securities[symbol].price for symbol in self._unpriced.values())

    def to_trade(
        self, algorithm: QCAlgorithm, weights: Mapping[str, float], symbols: Mapping[str, Symbol], *, changed_only: bool = False
    ) -> dict[str, float]:
        """The weights that need a target now.

        A symbol without a price has to wait: asking LEAN for its size would be an error.

        Parameters
        ----------
        algorithm : QCAlgorithm
        weights : mapping of str to float
            All weights wanted by row.
        symbols : mapping of str to Symbol
        changed_only : bool
            Leave alone what was asked for before at the same weight, wherever prices have moved it since.
        """
        asked = self._asked
        # A row with a target had a price, and keeps it.
        fresh = sorted(weights.keys() - asked.keys())
        self._unpriced = {row: symbols[row] for row in fresh if not algorithm.securities[symbols[row]].price}
        if changed_only:
            # Set arithmetic first: of many rows few have moved at all.
            moved = {row: weight for row, weight in weights.items() - asked.items() if row not in self._unpriced}
            trades = {row: moved[row] for row in sorted(moved) if row not in asked or abs(moved[row] - asked[row]) > _SAME}
        else:
            trades = {row: weight for row, weight in weights.items() if row not in self._unpriced}
        if self._tolerance:
            for row in self._drifted(algorithm, trades, symbols):
                del trades[row]
        asked.update(trades)
        self._symbols.update((row, symbols[row]) for row in trades)
        return trades

    def _drifted(self, algorithm: QCAlgorithm, weights: Mapping[str, float], symbols: Mapping[str, Symbol]) -> set[str]:
        total = algorithm.portfolio.total_portfolio_value
        drifted: set[str] = set()
        excess = 0.0
        for row, weight in weights.items():
            held = float(algorithm.portfolio[symbols[row]].holdings_value / total) if total else 0.0
            if is_drift(weight, held, self._asked.get(row, 0.0), self._tolerance):
                drifted.add(row)
                excess += abs(held) - abs(weight)
        # Of many symbols each may be near while all together are not: a cut of exposure, or room for a new symbol.
        return drifted if abs(excess) < self._tolerance else set()

    def close_forgotten(
        self, algorithm: QCAlgorithm, weights: Mapping[str, float], targets: Iterable[PortfolioTarget]
    ) -> list[PortfolioTarget]:
        """Zero targets for what was asked for once and is wanted by nobody now.

        Parameters
        ----------
        algorithm : QCAlgorithm
        weights : mapping of str to float
            All weights of this rebalance by row.
        targets : iterable of PortfolioTarget
            Those made already.
        """
        gone = self._asked.keys() - weights.keys()
        if not gone:
            return []
        forgotten = [(row, self._symbols.pop(row), self._asked.pop(row)) for row in sorted(gone)]
        done = {str(target.symbol.id) for target in targets}
        return [
            PortfolioTarget(symbol, 0)
            for row, symbol, weight in forgotten
            if weight and row not in done and algorithm.securities.contains_key(symbol)
        ]


def below_minimum(algorithm: QCAlgorithm, weights: Mapping[str, float], symbols: Mapping[str, Symbol]) -> float | None:
    """LEAN's minimum order margin where it would swallow every one of these weights, else None."""
    largest = max(map(abs, weights.values()), default=0.0)
    if not largest:
        return None
    row = next(row for row, weight in weights.items() if abs(weight) == largest)
    least = float(algorithm.settings.minimum_order_margin_portfolio_percentage)
    margin = largest * _FREE_SHARE / float(algorithm.securities[symbols[row]].leverage)
    return least if margin < least else None
