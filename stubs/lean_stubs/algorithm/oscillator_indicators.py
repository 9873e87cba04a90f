"""Methods for oscillators, volume and averages of averages (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from typing import Any, overload

import lean_stubs.indicators as room
from lean_stubs.algorithm.indicator_registration import IndicatorRegistration
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.orders.responses import clr_name

__all__ = ["OscillatorIndicatorMethods"]

_SIMPLE = MovingAverageType.SIMPLE


class OscillatorIndicatorMethods(IndicatorRegistration):
    """Mixin of QCAlgorithm."""

    def wilr(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.WilliamsPercentR:
        name = self._name(symbol, f"WILR({period})", resolution)
        return self._make(room.WilliamsPercentR(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def cmo(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.ChandeMomentumOscillator:
        name = self._name(symbol, f"CMO({period})", resolution)
        return self._make(room.ChandeMomentumOscillator(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def trix(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Trix:
        name = self._name(symbol, f"TRIX({period})", resolution)
        return self._make(room.Trix(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def tema(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.TripleExponentialMovingAverage:
        name = self._name(symbol, f"TEMA({period})", resolution)
        return self._make(room.TripleExponentialMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def trima(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.TriangularMovingAverage:
        name = self._name(symbol, f"TRIMA({period})", resolution)
        return self._make(room.TriangularMovingAverage(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def mfi(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.MoneyFlowIndex:
        name = self._name(symbol, f"MFI({period})", resolution)
        return self._make(room.MoneyFlowIndex(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def cmf(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.ChaikinMoneyFlow:
        name = self._name(symbol, f"CMF({period})", resolution)
        return self._make(room.ChaikinMoneyFlow(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def natr(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.NormalizedAverageTrueRange:
        name = self._name(symbol, f"NATR({period})", resolution)
        return self._make(room.NormalizedAverageTrueRange(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def midpoint(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.MidPoint:
        name = self._name(symbol, f"MIDPOINT({period})", resolution)
        return self._make(room.MidPoint(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def midprice(self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.MidPrice:
        name = self._name(symbol, f"MIDPRICE({period})", resolution)
        return self._make(room.MidPrice(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def obv(self, symbol: Any, resolution: Resolution | None = None, selector: Any = None) -> room.OnBalanceVolume:
        return self._make(room.OnBalanceVolume(self._name(symbol, "OBV", resolution)), symbol, resolution, selector)  # type: ignore[no-any-return]

    def ad(self, symbol: Any, resolution: Resolution | None = None, selector: Any = None) -> room.AccumulationDistribution:
        return self._make(room.AccumulationDistribution(self._name(symbol, "AD", resolution)), symbol, resolution, selector)  # type: ignore[no-any-return]

    def bop(self, symbol: Any, resolution: Resolution | None = None, selector: Any = None) -> room.BalanceOfPower:
        return self._make(room.BalanceOfPower(self._name(symbol, "BOP", resolution)), symbol, resolution, selector)  # type: ignore[no-any-return]

    def ker(
        self, symbol: Any, period: int = 2, resolution: Resolution | None = None, selector: Any = None
    ) -> room.KaufmanEfficiencyRatio:
        name = self._name(symbol, f"KER({period})", resolution)
        return self._make(room.KaufmanEfficiencyRatio(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def cci(
        self,
        symbol: Any,
        period: int,
        moving_average_type: Any = _SIMPLE,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.CommodityChannelIndex:
        name = self._name(symbol, f"CCI({period})", resolution)
        return self._make(room.CommodityChannelIndex(name, period, moving_average_type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def apo(
        self,
        symbol: Any,
        fast_period: int,
        slow_period: int,
        moving_average_type: Any,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.AbsolutePriceOscillator:
        made = room.AbsolutePriceOscillator(
            self._name(symbol, f"APO({fast_period},{slow_period})", resolution), fast_period, slow_period, moving_average_type
        )
        return self._make(made, symbol, resolution, selector)  # type: ignore[no-any-return]

    def ppo(
        self,
        symbol: Any,
        fast_period: int,
        slow_period: int,
        moving_average_type: Any,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.PercentagePriceOscillator:
        made = room.PercentagePriceOscillator(
            self._name(symbol, f"PPO({fast_period},{slow_period})", resolution), fast_period, slow_period, moving_average_type
        )
        return self._make(made, symbol, resolution, selector)  # type: ignore[no-any-return]

    def ao(
        self,
        symbol: Any,
        fast_period: int,
        slow_period: int,
        type: Any,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.AwesomeOscillator:
        name = self._name(symbol, f"AO({fast_period},{slow_period},{clr_name(type)})", resolution)
        return self._make(room.AwesomeOscillator(name, fast_period, slow_period, type), symbol, resolution, selector)  # type: ignore[no-any-return]

    def ultosc(
        self,
        symbol: Any,
        period_1: int,
        period_2: int,
        period_3: int,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.UltimateOscillator:
        name = self._name(symbol, f"ULTOSC({period_1},{period_2},{period_3})", resolution)
        return self._make(room.UltimateOscillator(name, period_1, period_2, period_3), symbol, resolution, selector)  # type: ignore[no-any-return]

    @overload
    def aroon(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.AroonOscillator: ...
    @overload
    def aroon(
        self, symbol: Symbol | str, up_period: int, down_period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.AroonOscillator: ...
    def aroon(self, *arguments: Any, **named: Any) -> room.AroonOscillator:
        given = bound(OscillatorIndicatorMethods.aroon, arguments, named)
        symbol, resolution = given["symbol"], given.get("resolution")
        up = given["period"] if "period" in given else given["up_period"]
        down = given.get("down_period", up)
        made = room.AroonOscillator(self._name(symbol, f"AROON({up},{down})", resolution), up, down)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

    @overload
    def kama(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.KaufmanAdaptiveMovingAverage: ...
    @overload
    def kama(
        self,
        symbol: Symbol | str,
        period: int,
        fast_ema_period: int,
        slow_ema_period: int,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.KaufmanAdaptiveMovingAverage: ...
    def kama(self, *arguments: Any, **named: Any) -> room.KaufmanAdaptiveMovingAverage:
        given = bound(OscillatorIndicatorMethods.kama, arguments, named)
        symbol, resolution, period = given["symbol"], given.get("resolution"), given["period"]
        fast, slow = given.get("fast_ema_period", 2), given.get("slow_ema_period", 30)
        made = room.KaufmanAdaptiveMovingAverage(
            self._name(symbol, f"KAMA({period},{fast},{slow})", resolution), period, fast, slow
        )
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]
