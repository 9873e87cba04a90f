"""Fixed weights by regime: what to hold instead of what the insights say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from regime_framework.errors import InvalidSetting
from regime_framework.lean.mappings import by_regime, finite
from regime_framework.regimes import Regime

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, SecurityChanges, Symbol

__all__ = ["FixedAllocations"]


class FixedAllocations:
    """Weights per ticker for some regimes.

    Parameters
    ----------
    allocations : mapping of Regime to mapping of ticker to weight, or None
        Negative weights are short.
    max_weight, max_gross : float
        Limits that the weights must respect.
    """

    def __init__(self, allocations: Mapping[Regime, Mapping[str, float]] | None, *, max_weight: float, max_gross: float) -> None:
        self._max_weight, self._max_gross = max_weight, max_gross
        self._by_regime = by_regime("allocations", allocations, self._weights)
        self._symbols: dict[str, Symbol] = {}
        self._gone: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._by_regime)

    @property
    def tickers(self) -> list[str]:
        """All tickers of all regimes, sorted."""
        return sorted({ticker for weights in self._by_regime.values() for ticker in weights})

    def resolve(self, algorithm: QCAlgorithm) -> None:
        """Find the symbols behind the tickers.

        Raises
        ------
        InvalidSetting
            Names every ticker that the algorithm does not hold or cannot trade.
        """
        found = {str(s.symbol.value).upper(): s.symbol for s in algorithm.securities.values() if s.is_tradable}
        missing = [ticker for ticker in self.tickers if ticker not in found]
        if missing:
            raise InvalidSetting("allocations", "must name securities that the algorithm has added and can trade", missing)
        self._symbols = {ticker: found[ticker] for ticker in self.tickers}

    def follow(self, changes: SecurityChanges) -> None:
        """Remember which securities left the universe: they cannot be bought until they are back."""
        self._gone |= {str(security.symbol.value).upper() for security in changes.removed_securities}
        self._gone -= {str(security.symbol.value).upper() for security in changes.added_securities}

    def of(self, regime: Regime | None, complain: Callable[[str], None]) -> dict[str, tuple[Symbol, float]] | None:
        """Symbol and weight by row name; None where the regime has no allocation of its own.

        Parameters
        ----------
        regime : Regime or None
        complain : callable
            Takes a sentence about securities that left the universe; their share stays in cash.
        """
        weights = None if regime is None else self._by_regime.get(regime)
        if weights is None:
            return None
        gone = sorted(self._gone & weights.keys())
        if gone:
            complain(f"allocations[{regime}] gives capital to {', '.join(gone)}, which left the universe: it stays in cash")
        held = {ticker: weight for ticker, weight in weights.items() if ticker not in self._gone}
        return {str(self._symbols[ticker].id): (self._symbols[ticker], weight) for ticker, weight in held.items()}

    def _weights(self, parameter: str, weights: Mapping[str, float]) -> dict[str, float]:
        if not isinstance(weights, Mapping):
            raise InvalidSetting(parameter, "must map tickers to weights", weights)
        limit = finite(-self._max_weight, self._max_weight)
        out = {str(ticker).upper(): limit(f"{parameter}[{ticker}]", weight) for ticker, weight in weights.items()}
        gross = sum(map(abs, out.values()))
        if gross > self._max_gross + 1e-9:
            raise InvalidSetting(parameter, f"must sum to at most max_gross ({self._max_gross:g})", round(gross, 6))
        return out
