"""One method for each indicator that is tied to the algorithm's data (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from typing import Any

import lean_stubs.indicators as room
from lean_stubs.algorithm.indicator_registration import IndicatorRegistration
from lean_stubs.indicators.types import MovingAverageType

__all__ = ["IndicatorMethods"]


class IndicatorMethods(IndicatorRegistration):
    """Mixin of QCAlgorithm."""

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
