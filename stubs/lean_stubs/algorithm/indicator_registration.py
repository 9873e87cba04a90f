"""Indicators fed by the algorithm's data: registered, warmed up, over history (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common import Resolution, Symbol, to_symbol
from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator
from lean_stubs.indicators.data_point import make_point
from lean_stubs.indicators.intraday_vwap import IntradayVwap
from lean_stubs.indicators.python_indicator import PythonIndicator, as_indicator
from lean_stubs.indicators.result import IndicatorHistory, parts_of

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["IndicatorRegistration"]

_SHORT = {
    Resolution.TICK: "tick",
    Resolution.SECOND: "sec",
    Resolution.MINUTE: "min",
    Resolution.HOUR: "hr",
    Resolution.DAILY: "day",
}
_SPANS = {
    Resolution.SECOND: timedelta(seconds=1),
    Resolution.MINUTE: timedelta(minutes=1),
    Resolution.HOUR: timedelta(hours=1),
    Resolution.DAILY: timedelta(days=1),
}


def _unit(resolution: Any) -> Resolution:
    """Of a span the resolution that is not longer (LEAN: ToHigherResolutionEquivalent)."""
    if not isinstance(resolution, timedelta):
        return resolution  # type: ignore[no-any-return]
    return next((unit for unit, span in reversed(_SPANS.items()) if span <= resolution), Resolution.TICK)


class IndicatorRegistration:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    def create_indicator_name(self, symbol: Any, type: str, resolution: Any) -> str:
        symbol = to_symbol(symbol)
        known = symbol not in (Symbol.NONE, Symbol.EMPTY)
        if resolution is None and known:
            resolution = self._clr.subscription_manager._configs_of(symbol)[0].resolution
        parts = [str(symbol)] if known else []
        if resolution is not None:
            parts.append(_SHORT[_unit(resolution)])
        inside = "_".join(p for p in parts if p)
        if type.endswith(")"):
            return f"{type[:-1]},{inside})" if inside else type
        return f"{type}({inside})"

    @overload
    def register_indicator(
        self, symbol: Symbol | str, indicator: Any, resolution: Resolution | timedelta | None = None, selector: Any = None
    ) -> None: ...
    @overload
    def register_indicator(self, symbol: Symbol | str, indicator: Any, py_object: Any, selector: Any = None) -> None: ...
    @overload
    def register_indicator(self, symbol: Symbol | str, indicator: Any, consolidator: Any, selector: Any = None) -> None: ...
    def register_indicator(self, *arguments: Any, **named: Any) -> None:
        """(symbol, indicator[, resolution | timedelta | consolidator[, selector]]): update the indicator with the symbol's bars."""
        given = bound(IndicatorRegistration.register_indicator, arguments, named)
        clock = next((given[name] for name in ("consolidator", "py_object", "resolution") if name in given), None)
        symbol, target = to_symbol(given["symbol"]), as_indicator(given["indicator"])
        consolidator: Any = clock
        if not hasattr(clock, "data_consolidated"):
            consolidator = self.resolve_consolidator(symbol, clock)  # type: ignore[attr-defined]  # of the mixin for consolidation
        self._clr.subscription_manager.add_consolidator(symbol, consolidator)
        target._consolidators.append(consolidator)
        feed = _feed(target, given.get("selector"))
        consolidator.data_consolidated += lambda sender, bar: feed(bar)

    def unregister_indicator(self, indicator: Any) -> None:
        self.deregister_indicator(indicator)

    def deregister_indicator(self, indicator: Any) -> None:
        """Stop updating an indicator."""
        target = as_indicator(indicator)
        for consolidator in list(target._consolidators):
            for config in self._clr.subscription_manager.subscriptions:
                self._clr.subscription_manager.remove_consolidator(config.symbol, consolidator)
        target._consolidators.clear()

    @overload
    def warm_up_indicator(
        self, symbol: Symbol | str, indicator: Any, resolution: Resolution | None = None, selector: Any = None
    ) -> None: ...
    @overload
    def warm_up_indicator(self, symbol: Symbol | str, indicator: Any, period: timedelta, selector: Any = None) -> None: ...
    @overload
    def warm_up_indicator(
        self, symbols: list[Any], indicator: Any, resolution: Resolution | None = None, selector: Any = None
    ) -> None: ...
    @overload
    def warm_up_indicator(self, symbols: list[Any], indicator: Any, period: timedelta, selector: Any = None) -> None: ...
    def warm_up_indicator(self, *arguments: Any, **named: Any) -> None:
        """(symbol, indicator[, resolution | timedelta[, selector]]): feed an indicator with as much history as it asks for."""
        given = bound(IndicatorRegistration.warm_up_indicator, arguments, named)
        indicator, period = given["indicator"], given.get("period", given.get("resolution"))
        symbol = given["symbols"] if "symbols" in given else given["symbol"]
        symbols = [to_symbol(s) for s in symbol] if isinstance(symbol, (list, tuple)) else [to_symbol(symbol)]
        target = as_indicator(indicator)
        if target.warm_up_period <= 0:
            if not self._clr.extra.get("warm_up_indicator_warned"):
                self._clr.extra["warm_up_indicator_warned"] = True
                self._clr.debug(f"Warning: the indicator '{type(indicator).__name__}' has no warm_up_period and is not warmed up.")
            return
        feed = _feed(target, given.get("selector"))
        # Bars of several symbols come in the order of time, as LEAN's slices bring them.
        bars = [bar for each in symbols for bar in self._warm_up_bars(each, target, period)]
        for bar in sorted(bars, key=lambda bar: bar.end_time):
            feed(bar)

    def _warm_up_bars(self, symbol: Symbol, target: Any, period: Any) -> list[Any]:
        from lean_stubs.data.base_data import TradeBar

        if period is None:
            period = min((c.resolution for c in self._clr.subscription_manager._configs_of(symbol)), key=int)
        count, resolution = target.warm_up_period, period
        if isinstance(period, timedelta):
            resolution = max((r for r, span in _SPANS.items() if span <= period), key=lambda r: _SPANS[r])
            count *= int(period / _SPANS[resolution])
        bars = self.history[TradeBar](symbol, count, resolution)  # type: ignore[attr-defined]
        if not isinstance(period, timedelta) or period == _SPANS[resolution]:
            return list(bars)
        made: list[Any] = []
        consolidator = self.consolidate(symbol, period, made.append)  # type: ignore[attr-defined]
        for bar in bars:
            consolidator.update(bar)
        consolidator.scan(self._clr.securities._any(symbol).local_time)
        self._clr.subscription_manager.remove_consolidator(symbol, consolidator)
        return made

    @overload
    def indicator_history(
        self, indicator: Any, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> Any: ...
    @overload
    def indicator_history(
        self, indicator: Any, symbol: Any, span: timedelta, resolution: Resolution | None = None, selector: Any = None
    ) -> Any: ...
    @overload
    def indicator_history(
        self,
        indicator: Any,
        symbol: Any,
        start: datetime,
        end: datetime,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> Any: ...
    @overload
    def indicator_history(self, indicator: Any, history: list[Any], selector: Any = None) -> Any: ...
    @overload
    def indicator_history(
        self, indicator: Any, symbols: list[Any], period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> Any: ...
    @overload
    def indicator_history(
        self, indicator: Any, symbols: list[Any], span: timedelta, resolution: Resolution | None = None, selector: Any = None
    ) -> Any: ...
    @overload
    def indicator_history(
        self,
        indicator: Any,
        symbols: list[Any],
        start: datetime,
        end: datetime,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> Any: ...
    def indicator_history(self, *arguments: Any, **named: Any) -> Any:
        """An indicator's values over history; the indicator is reset first.

        (indicator, symbol, bars | timedelta | start, end[, resolution[, selector]]).
        """
        from lean_stubs.data.base_data import TradeBar

        given = bound(IndicatorRegistration.indicator_history, arguments, named)
        if "history" in given or "symbols" in given or isinstance(given["symbol"], (list, tuple)):
            raise NotOffered("QCAlgorithm.indicator_history", "of one symbol it is")
        target, symbol, selector = as_indicator(given.pop("indicator")), given.pop("symbol"), given.pop("selector", None)
        target.reset()
        if isinstance(given.get("period"), int):
            # LEAN asks for as many values, so for more bars.
            given["periods"] = given.pop("period") + max(target.warm_up_period - 1, 0)
        feed, parts, rows = _feed(target, selector), parts_of(target), []
        for bar in self.history[TradeBar](to_symbol(symbol), **given):  # type: ignore[attr-defined]
            feed(bar)
            if target.is_ready:
                rows.append({"current": target.current} | {name: part.current for name, part in parts.items()})
        return IndicatorHistory(rows)

    def _make(self, indicator: IndicatorBase, symbol: Any, resolution: Any, selector: Any) -> Any:
        """Register a new indicator, and warm it up where the settings ask for that."""
        self.register_indicator(symbol, indicator, resolution, selector)
        if self._clr.settings.automatic_indicator_warm_up:
            self.warm_up_indicator(symbol, indicator, resolution, selector)
        return indicator

    def _name(self, symbol: Any, label: str, resolution: Any) -> str:
        return self.create_indicator_name(symbol, label, resolution)


def _feed(target: Any, selector: Any) -> Callable[[Any], None]:
    """What takes a bar to an indicator: whole, or by the selector's value, or by its close."""
    if not isinstance(target, IndicatorBase):
        raise no_match("register_indicator", target)
    take = target._take_in
    if selector is None:
        if isinstance(target, (TradeBarIndicator, IntradayVwap, PythonIndicator)):
            return take
        return lambda bar: take(make_point(bar.symbol, bar.end_time, float(bar.value)))

    def feed(bar: Any) -> None:
        value = selector(bar)
        take(value if hasattr(value, "end_time") else make_point(bar.symbol, bar.end_time, float(value)))

    return feed
