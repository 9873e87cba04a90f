"""The algorithm's insights (Common/Algorithm/Framework/Alphas/Analysis/InsightManager.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import ClrArray
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.instants import aware_utc
from lean_stubs.clr.overrides import find
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.insights.collection import InsightCollection
from lean_stubs.insights.insight import Insight

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["InsightManager"]


class InsightManager(InsightCollection, clr="QuantConnect.Algorithm.Framework.Alphas.Analysis"):
    """Insights of a run, with the algorithm's clock."""

    def __init__(self, algorithm: Any) -> None:
        super().__init__()
        self._algorithm: AlgorithmState = getattr(algorithm, "_clr", algorithm)
        self._score_function: Any = None

    @overload
    def expire(self, symbols: list[Symbol] | list[str]) -> None: ...
    @overload
    def expire(self, insights: list[Insight]) -> None: ...
    def expire(self, *items: Any, **named: Any) -> None:
        """Closes the insights, or those of the symbols, one second before now.

        Raises
        ------
        TypeError
            Anything but a list comes in.
        """
        self._expire("expire", *items, *named.values())

    @overload
    def cancel(self, symbols: list[Symbol] | list[str]) -> None: ...
    @overload
    def cancel(self, insights: list[Insight]) -> None: ...
    def cancel(self, *items: Any, **named: Any) -> None:
        """The same as `expire`."""
        self._expire("cancel", *items, *named.values())

    def _expire(self, method: str, *arguments: Any) -> None:
        if len(arguments) != 1 or not isinstance(arguments[0], (list, ClrArray)):
            raise no_match(method, *arguments)
        found = list(arguments[0])
        utc = self._algorithm.utc
        if found and all(isinstance(i, Insight) for i in found):
            for insight in found:
                insight._state.expire(utc)
            return
        try:
            symbols = [to_symbol(i) for i in found]
        except TypeError:
            raise no_match(method, *arguments) from None
        self._expire_symbols(symbols)

    def _expire_symbols(self, symbols: Iterable[Symbol]) -> None:
        utc = self._algorithm.utc
        for symbol in symbols:
            for state in list(self._by_symbol.get(symbol, ())):
                state.expire(utc)

    def set_insight_score_function(self, insight_score_function: Any) -> None:
        """An object with ``score(insight_manager, utc_time)``, called once in every time step."""
        self._score_function = insight_score_function

    def step(self, utc_now: datetime) -> None:
        if self._score_function is not None:
            find(self._score_function, "score")(self, utc_now if utc_now.tzinfo else aware_utc(utc_now))
