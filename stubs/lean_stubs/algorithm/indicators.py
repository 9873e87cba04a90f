"""One method for each indicator that is tied to the algorithm's data (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, overload

import lean_stubs.indicators as room
from lean_stubs.algorithm.bar_indicators import BarIndicatorMethods
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.indicators.types import MovingAverageType

__all__ = ["IndicatorMethods"]


class IndicatorMethods(BarIndicatorMethods):
    """Mixin of QCAlgorithm."""

    @overload
    def identity(self, symbol: Symbol | str, selector: Any = None, field_name: str | None = None) -> room.Identity: ...
    @overload
    def identity(
        self, symbol: Symbol | str, resolution: Resolution | timedelta | None, selector: Any = None, field_name: str | None = None
    ) -> room.Identity: ...
    def identity(self, *arguments: Any, **named: Any) -> room.Identity:
        given = bound(IndicatorMethods.identity, arguments, named)
        symbol, resolution, selector = given["symbol"], given.get("resolution"), given.get("selector")
        if isinstance(selector, (Resolution, timedelta)):
            # The shorter overload takes anything in second place.
            resolution, selector = selector, None
        name = self._name(symbol, given.get("field_name") or "close", resolution)
        return self._make(room.Identity(name), symbol, resolution, selector)  # type: ignore[no-any-return]

    def sma(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.SimpleMovingAverage:
        name = self._name(symbol, f"SMA({period})", resolution)
        return self._make(room.SimpleMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    @overload
    def ema(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.ExponentialMovingAverage: ...
    @overload
    def ema(
        self, symbol: Symbol | str, period: int, smoothing_factor: float, resolution: Resolution | None = None, selector: Any = None
    ) -> room.ExponentialMovingAverage: ...
    def ema(self, *arguments: Any, **named: Any) -> room.ExponentialMovingAverage:
        given = bound(IndicatorMethods.ema, arguments, named)
        symbol, period, factor, resolution = (
            given["symbol"],
            given["period"],
            given.get("smoothing_factor"),
            given.get("resolution"),
        )
        name = self._name(symbol, f"EMA({period})", resolution)
        made = room.ExponentialMovingAverage(name, period, *([] if factor is None else [factor]))
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

    def wwma(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.WilderMovingAverage:
        name = self._name(symbol, f"WWMA({period})", resolution)
        return self._make(room.WilderMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def lwma(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.LinearWeightedMovingAverage:
        name = self._name(symbol, f"LWMA({period})", resolution)
        return self._make(room.LinearWeightedMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def dema(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.DoubleExponentialMovingAverage:
        name = self._name(symbol, f"DEMA({period})", resolution)
        return self._make(room.DoubleExponentialMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def hma(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.HullMovingAverage:
        name = self._name(symbol, f"HMA({period})", resolution)
        return self._make(room.HullMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def sum(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Sum:
        name = self._name(symbol, f"SUM({period})", resolution)
        return self._make(room.Sum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def max(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Maximum:
        """Highest high of the bars, or of what the selector takes."""
        name = self._name(symbol, f"MAX({period})", resolution)
        selector = selector or (lambda bar: getattr(bar, "high", bar.value))
        return self._make(room.Maximum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def min(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Minimum:
        """Lowest low of the bars, or of what the selector takes."""
        name = self._name(symbol, f"MIN({period})", resolution)
        selector = selector or (lambda bar: getattr(bar, "low", bar.value))
        return self._make(room.Minimum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def mom(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Momentum:
        name = self._name(symbol, f"MOM({period})", resolution)
        return self._make(room.Momentum(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def momp(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.MomentumPercent:
        name = self._name(symbol, f"MOMP({period})", resolution)
        return self._make(room.MomentumPercent(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def roc(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.RateOfChange:
        name = self._name(symbol, f"ROC({period})", resolution)
        return self._make(room.RateOfChange(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def rocp(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.RateOfChangePercent:
        name = self._name(symbol, f"ROCP({period})", resolution)
        return self._make(room.RateOfChangePercent(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def rocr(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.RateOfChangeRatio:
        name = self._name(symbol, f"ROCR({period})", resolution)
        return self._make(room.RateOfChangeRatio(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def logr(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.LogReturn:
        name = self._name(symbol, f"LOGR({period})", resolution)
        return self._make(room.LogReturn(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def std(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.StandardDeviation:
        name = self._name(symbol, f"STD({period})", resolution)
        return self._make(room.StandardDeviation(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    @overload
    def var(
        self, symbol: Symbol | str, period: int, confidence_level: float, resolution: Resolution | None = None, selector: Any = None
    ) -> room.Variance: ...
    @overload
    def var(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.Variance: ...
    def var(self, *arguments: Any, **named: Any) -> room.Variance:
        given = bound(IndicatorMethods.var, arguments, named)
        if "confidence_level" in given:
            raise NotOffered("ValueAtRisk")
        symbol, period, resolution = given["symbol"], given["period"], given.get("resolution")
        made = room.Variance(self._name(symbol, f"VAR({period})", resolution), period)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

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

    def tr(self, symbol: Any, resolution: Resolution | None = None, selector: Any = None) -> room.TrueRange:
        return self._make(room.TrueRange(self._name(symbol, "TR", resolution)), symbol, resolution, selector)  # type: ignore[no-any-return]

    @overload
    def dch(
        self, symbol: Symbol | str, upper_period: int, lower_period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.DonchianChannel: ...
    @overload
    def dch(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.DonchianChannel: ...
    def dch(self, *arguments: Any, **named: Any) -> room.DonchianChannel:
        given = bound(IndicatorMethods.dch, arguments, named)
        symbol, resolution = given["symbol"], given.get("resolution")
        upper = given["period"] if "period" in given else given["upper_period"]
        lower = given.get("lower_period", upper)
        made = room.DonchianChannel(self._name(symbol, f"DCH({upper},{lower})", resolution), upper, lower)
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

    @overload
    def sto(
        self,
        symbol: Symbol | str,
        period: int,
        k_period: int,
        d_period: int,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.Stochastic: ...
    @overload
    def sto(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.Stochastic: ...
    def sto(self, *arguments: Any, **named: Any) -> room.Stochastic:
        given = bound(IndicatorMethods.sto, arguments, named)
        symbol, period, resolution = given["symbol"], given["period"], given.get("resolution")
        k, d = given.get("k_period", period), given.get("d_period", period)
        made = room.Stochastic(self._name(symbol, f"STO({period},{k},{d})", resolution), period, k, d)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]


def _title(kind: Any) -> str:
    return "".join(part.capitalize() for part in str(kind).split("_"))
