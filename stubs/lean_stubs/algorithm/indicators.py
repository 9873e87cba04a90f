"""Indicators tied to the algorithm's data (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import lean_stubs.indicators as room
from lean_stubs.clr.convert import no_match
from lean_stubs.common import Resolution, Symbol, to_symbol
from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator
from lean_stubs.indicators.data_point import make_point
from lean_stubs.indicators.python_indicator import PythonIndicator, as_indicator
from lean_stubs.indicators.result import IndicatorHistory, parts_of
from lean_stubs.indicators.types import MovingAverageType

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["IndicatorMethods"]

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


class IndicatorMethods:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    def create_indicator_name(self, symbol: Any, type: str, resolution: Any = None) -> str:
        symbol = to_symbol(symbol)
        known = symbol not in (Symbol.NONE, Symbol.EMPTY)
        if resolution is None and known:
            resolution = self._clr.subscription_manager.configs(symbol)[0].resolution
        parts = [str(symbol)] if known else []
        if resolution is not None:
            parts.append(_SHORT[resolution])
        inside = "_".join(p for p in parts if p)
        if type.endswith(")"):
            return f"{type[:-1]},{inside})" if inside else type
        return f"{type}({inside})"

    # Registration.

    def register_indicator(self, symbol: Any, indicator: Any, *arguments: Any, **named: Any) -> None:
        """(symbol, indicator[, resolution | timedelta | consolidator[, selector]]): update the indicator with the symbol's bars."""
        given = dict(zip(("resolution", "selector"), arguments, strict=False)) | named
        clock = given.get("consolidator", given.get("resolution"))
        symbol = to_symbol(symbol)
        target = as_indicator(indicator)
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

    def warm_up_indicator(self, symbol: Any, indicator: Any, *arguments: Any, **named: Any) -> None:
        """(symbol, indicator[, resolution | timedelta[, selector]]): feed an indicator with as much history as it asks for."""
        given = dict(zip(("resolution", "selector"), arguments, strict=False)) | named
        period = given.get("period", given.get("resolution"))
        symbols = [to_symbol(s) for s in symbol] if isinstance(symbol, (list, tuple)) else [to_symbol(symbol)]
        target = as_indicator(indicator)
        if target.warm_up_period <= 0:
            if not self._clr.extra.get("warm_up_indicator_warned"):
                self._clr.extra["warm_up_indicator_warned"] = True
                self._clr.debug(f"Warning: the indicator '{type(indicator).__name__}' has no warm_up_period and is not warmed up.")
            return
        feed = _feed(target, given.get("selector"))
        for each in symbols:
            self._warm_up_one(each, target, period, feed)

    def _warm_up_one(self, symbol: Symbol, target: Any, period: Any, feed: Callable[[Any], None]) -> None:
        from lean_stubs.data.base_data import TradeBar

        if period is None:
            period = min((c.resolution for c in self._clr.subscription_manager.configs(symbol)), key=int)
        count, resolution = target.warm_up_period, period
        if isinstance(period, timedelta):
            resolution = max((r for r, span in _SPANS.items() if span <= period), key=lambda r: _SPANS[r])
            count *= int(period / _SPANS[resolution])
        bars = self.history[TradeBar](symbol, count, resolution)  # type: ignore[attr-defined]
        if not isinstance(period, timedelta) or period == _SPANS[resolution]:
            for bar in bars:
                feed(bar)
            return
        consolidator = self.consolidate(symbol, period, feed)  # type: ignore[attr-defined]
        for bar in bars:
            consolidator.update(bar)
        consolidator.scan(self._clr.securities._any(symbol).local_time)
        self._clr.subscription_manager.remove_consolidator(symbol, consolidator)

    def indicator_history(self, indicator: Any, symbol: Any, *arguments: Any, **named: Any) -> Any:
        """An indicator's values over history; the indicator is reset first.

        (indicator, symbol, bars | timedelta | start, end[, resolution[, selector]]).
        """
        from lean_stubs.data.base_data import TradeBar

        target = as_indicator(indicator)
        target.reset()
        selector = named.pop("selector", None)
        given = list(arguments)
        if given and isinstance(given[0], int):
            # LEAN asks for as many values, so for more bars.
            given[0] += max(target.warm_up_period - 1, 0)
        feed, parts, rows = _feed(target, selector), parts_of(target), []
        for bar in self.history[TradeBar](to_symbol(symbol), *given, **named):  # type: ignore[attr-defined]
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

    # One method an indicator.

    def identity(self, symbol: Any, resolution: Any = None, selector: Any = None, field_name: str | None = None) -> room.Identity:
        name = self._name(symbol, field_name or "close", resolution)
        return self._make(room.Identity(name), symbol, resolution, selector)  # type: ignore[no-any-return]

    def sma(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.SimpleMovingAverage:
        name = self._name(symbol, f"SMA({period})", resolution)
        return self._make(room.SimpleMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def ema(self, symbol: Any, period: int, *arguments: Any, **named: Any) -> room.ExponentialMovingAverage:
        """(symbol, period[, smoothing_factor][, resolution[, selector]])."""
        factor = named.pop("smoothing_factor", None)
        rest = list(arguments)
        if rest and isinstance(rest[0], float):
            factor = rest.pop(0)
        given = dict(zip(("resolution", "selector"), rest, strict=False)) | named
        resolution = given.get("resolution")
        made = room.ExponentialMovingAverage(
            self._name(symbol, f"EMA({period})", resolution), period, *([] if factor is None else [factor])
        )
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

    def wwma(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.WilderMovingAverage:
        name = self._name(symbol, f"WWMA({period})", resolution)
        return self._make(room.WilderMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def lwma(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.LinearWeightedMovingAverage:
        name = self._name(symbol, f"LWMA({period})", resolution)
        return self._make(room.LinearWeightedMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def dema(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.DoubleExponentialMovingAverage:
        name = self._name(symbol, f"DEMA({period})", resolution)
        return self._make(room.DoubleExponentialMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def hma(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.HullMovingAverage:
        name = self._name(symbol, f"HMA({period})", resolution)
        return self._make(room.HullMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def sum(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.Sum:
        name = self._name(symbol, f"SUM({period})", resolution)
        return self._make(room.Sum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def max(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.Maximum:
        """Highest high of the bars, or of what the selector takes."""
        name = self._name(symbol, f"MAX({period})", resolution)
        selector = selector or (lambda bar: getattr(bar, "high", bar.value))
        return self._make(room.Maximum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def min(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.Minimum:
        """Lowest low of the bars, or of what the selector takes."""
        name = self._name(symbol, f"MIN({period})", resolution)
        selector = selector or (lambda bar: getattr(bar, "low", bar.value))
        return self._make(room.Minimum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def mom(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.Momentum:
        name = self._name(symbol, f"MOM({period})", resolution)
        return self._make(room.Momentum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def momp(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.MomentumPercent:
        name = self._name(symbol, f"MOMP({period})", resolution)
        return self._make(room.MomentumPercent(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def roc(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.RateOfChange:
        name = self._name(symbol, f"ROC({period})", resolution)
        return self._make(room.RateOfChange(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def rocp(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.RateOfChangePercent:
        name = self._name(symbol, f"ROCP({period})", resolution)
        return self._make(room.RateOfChangePercent(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def rocr(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.RateOfChangeRatio:
        name = self._name(symbol, f"ROCR({period})", resolution)
        return self._make(room.RateOfChangeRatio(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def logr(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.LogReturn:
        name = self._name(symbol, f"LOGR({period})", resolution)
        return self._make(room.LogReturn(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def std(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.StandardDeviation:
        name = self._name(symbol, f"STD({period})", resolution)
        return self._make(room.StandardDeviation(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def var(self, symbol: Any, period: int, resolution: Any = None, selector: Any = None) -> room.Variance:
        name = self._name(symbol, f"VAR({period})", resolution)
        return self._make(room.Variance(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def rsi(
        self,
        symbol: Any,
        period: int,
        moving_average_type: Any = MovingAverageType.WILDERS,
        resolution: Any = None,
        selector: Any = None,
    ) -> room.RelativeStrengthIndex:
        name = self._name(symbol, f"RSI({period},{_title(moving_average_type)})", resolution)
        return self._make(room.RelativeStrengthIndex(name, period, moving_average_type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def macd(
        self,
        symbol: Any,
        fast_period: int,
        slow_period: int,
        signal_period: int,
        type: Any = MovingAverageType.EXPONENTIAL,
        resolution: Any = None,
        selector: Any = None,
    ) -> room.MovingAverageConvergenceDivergence:
        name = self._name(symbol, f"MACD({fast_period},{slow_period},{signal_period})", resolution)
        made = room.MovingAverageConvergenceDivergence(name, fast_period, slow_period, signal_period, type)
        return self._make(made, symbol, resolution, selector)  # type: ignore[no-any-return]

    def bb(
        self,
        symbol: Any,
        period: int,
        k: float,
        moving_average_type: Any = MovingAverageType.SIMPLE,
        resolution: Any = None,
        selector: Any = None,
    ) -> room.BollingerBands:
        name = self._name(symbol, f"BB({period},{k:g})", resolution)
        return self._make(room.BollingerBands(name, period, k, moving_average_type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def atr(
        self,
        symbol: Any,
        period: int,
        type: Any = MovingAverageType.SIMPLE,
        resolution: Any = None,
        selector: Any = None,
    ) -> room.AverageTrueRange:
        name = self._name(symbol, f"ATR({period})", resolution)
        return self._make(room.AverageTrueRange(name, period, type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def tr(self, symbol: Any, resolution: Any = None, selector: Any = None) -> room.TrueRange:
        return self._make(room.TrueRange(self._name(symbol, "TR", resolution)), symbol, resolution, selector)  # type: ignore[no-any-return]

    def dch(self, symbol: Any, upper_period: int, *arguments: Any, **named: Any) -> room.DonchianChannel:
        """(symbol, upper_period[, lower_period][, resolution[, selector]])."""
        rest = list(arguments)
        lower = named.pop("lower_period", None)
        if rest and isinstance(rest[0], int):
            lower = rest.pop(0)
        given = dict(zip(("resolution", "selector"), rest, strict=False)) | named
        resolution = given.get("resolution")
        lower = upper_period if lower is None else lower
        made = room.DonchianChannel(self._name(symbol, f"DCH({upper_period},{lower})", resolution), upper_period, lower)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

    def kch(
        self,
        symbol: Any,
        period: int,
        k: float,
        moving_average_type: Any = MovingAverageType.SIMPLE,
        resolution: Any = None,
        selector: Any = None,
    ) -> room.KeltnerChannels:
        name = self._name(symbol, f"KCH({period},{k:g})", resolution)
        return self._make(room.KeltnerChannels(name, period, k, moving_average_type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def sto(self, symbol: Any, period: int, *arguments: Any, **named: Any) -> room.Stochastic:
        """(symbol, period[, k_period, d_period][, resolution[, selector]])."""
        rest = list(arguments)
        k, d = named.pop("k_period", period), named.pop("d_period", period)
        if rest and isinstance(rest[0], int):
            k, d = rest.pop(0), rest.pop(0)
        given = dict(zip(("resolution", "selector"), rest, strict=False)) | named
        resolution = given.get("resolution")
        made = room.Stochastic(self._name(symbol, f"STO({period},{k},{d})", resolution), period, k, d)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]


def _title(kind: Any) -> str:
    return "".join(part.capitalize() for part in str(kind).split("_"))


def _feed(target: Any, selector: Any) -> Callable[[Any], None]:
    """What takes a bar to an indicator: whole, or by the selector's value, or by its close."""
    if not isinstance(target, IndicatorBase):
        raise no_match("register_indicator", target)
    whole = isinstance(target, (TradeBarIndicator, PythonIndicator))

    def feed(bar: Any) -> None:
        if selector is None:
            target.update(bar if whole else make_point(bar.symbol, bar.end_time, float(bar.value)))
            return
        value = selector(bar)
        target.update(value if hasattr(value, "end_time") else make_point(bar.symbol, bar.end_time, float(value)))

    return feed
