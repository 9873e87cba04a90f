"""Methods for indicators of whole bars, of several symbols and of lines (Algorithm/QCAlgorithm.Indicators.cs)."""

from __future__ import annotations

from typing import Any, overload

import lean_stubs.indicators as room
from lean_stubs.algorithm.indicator_registration import IndicatorRegistration
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol, to_symbol

__all__ = ["BarIndicatorMethods"]


class BarIndicatorMethods(IndicatorRegistration):
    """Mixin of QCAlgorithm."""

    def adx(
        self, symbol: Any, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.AverageDirectionalIndex:
        name = self._name(symbol, f"ADX({period})", resolution)
        return self._make(room.AverageDirectionalIndex(name, period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def mass(
        self,
        symbol: Any,
        ema_period: int = 9,
        sum_period: int = 25,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.MassIndex:
        name = self._name(symbol, f"MASS({ema_period},{sum_period})", resolution)
        return self._make(room.MassIndex(name, ema_period, sum_period), symbol, resolution, selector)  # type: ignore[no-any-return]

    def si(
        self, symbol: Any, limit_move: float, resolution: Resolution | None = Resolution.DAILY, selector: Any = None
    ) -> room.WilderSwingIndex:
        name = self._name(symbol, "SI", resolution)
        return self._make(room.WilderSwingIndex(name, limit_move), symbol, resolution, selector)  # type: ignore[no-any-return]

    def asi(
        self, symbol: Any, limit_move: float, resolution: Resolution | None = Resolution.DAILY, selector: Any = None
    ) -> room.WilderAccumulativeSwingIndex:
        name = self._name(symbol, "ASI", resolution)
        return self._make(room.WilderAccumulativeSwingIndex(name, limit_move), symbol, resolution, selector)  # type: ignore[no-any-return]

    @overload
    def vwap(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.VolumeWeightedAveragePriceIndicator: ...
    @overload
    def vwap(self, symbol: Symbol | str) -> room.IntradayVwap: ...
    def vwap(self, *arguments: Any, **named: Any) -> Any:
        """Over `period` bars, or since the day's start, which is never warmed up."""
        given = bound(BarIndicatorMethods.vwap, arguments, named)
        symbol, resolution = given["symbol"], given.get("resolution")
        if "period" not in given:
            since_open = room.IntradayVwap(self._name(symbol, "VWAP", None))
            self.register_indicator(symbol, since_open)
            return since_open
        period = given["period"]
        made = room.VolumeWeightedAveragePriceIndicator(self._name(symbol, f"VWAP({period})", resolution), period)
        return self._make(made, symbol, resolution, given.get("selector"))

    @overload
    def lsma(
        self, symbol: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.LeastSquaresMovingAverage: ...
    @overload
    def lsma(
        self, target: Symbol | str, reference: Symbol | str, period: int, resolution: Resolution | None = None, selector: Any = None
    ) -> room.LeastSquaresMovingAverage: ...
    def lsma(self, *arguments: Any, **named: Any) -> room.LeastSquaresMovingAverage:
        given = bound(BarIndicatorMethods.lsma, arguments, named)
        if "reference" in given:
            raise NotOffered("QCAlgorithm.lsma of a reference", "lsma of one symbol is")
        symbol, period, resolution = given["symbol"], given["period"], given.get("resolution")
        made = room.LeastSquaresMovingAverage(self._name(symbol, f"LSMA({period})", resolution), period)
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]

    def rc(
        self, symbol: Any, period: int, k: float, resolution: Resolution | None = None, selector: Any = None
    ) -> room.RegressionChannel:
        name = self._name(symbol, f"RC({period},{k:g})", resolution)
        return self._make(room.RegressionChannel(name, period, k), symbol, resolution, selector)  # type: ignore[no-any-return]

    def b(self, target: Any, reference: Any, period: int, resolution: Resolution | None = None, selector: Any = None) -> room.Beta:
        name = self._name(Symbol.NONE, f"B({period})", resolution)
        made = room.Beta(name, to_symbol(target), to_symbol(reference), period)
        return self._make_of([target, reference], made, resolution, selector)  # type: ignore[no-any-return]

    def adr(self, symbols: list[Any], resolution: Resolution | None = None, selector: Any = None) -> room.AdvanceDeclineRatio:
        made = room.AdvanceDeclineRatio(self._common_name(symbols, "A/D Ratio", resolution))
        return self._make_of(symbols, made, resolution, selector)  # type: ignore[no-any-return]

    def advr(
        self, symbols: list[Any], resolution: Resolution | None = None, selector: Any = None
    ) -> room.AdvanceDeclineVolumeRatio:
        made = room.AdvanceDeclineVolumeRatio(self._common_name(symbols, "A/D Volume Rate", resolution))
        return self._make_of(symbols, made, resolution, selector)  # type: ignore[no-any-return]

    def trin(self, symbols: list[Any], resolution: Resolution | None = None, selector: Any = None) -> room.ArmsIndex:
        made = room.ArmsIndex(self._common_name(symbols, "TRIN", resolution))
        return self._make_of(symbols, made, resolution, selector)  # type: ignore[no-any-return]

    def _common_name(self, symbols: list[Any], label: str, resolution: Resolution | None) -> str:
        first = self._clr.subscription_manager._configs_of(to_symbol(symbols[0]))
        return self._name(Symbol.NONE, label, resolution or (first[0].resolution if first else None))

    def _make_of(self, symbols: list[Any], made: Any, resolution: Any, selector: Any) -> Any:
        """Register an indicator of several symbols with each of them."""
        for symbol in symbols:
            if hasattr(made, "add"):
                made.add(symbol)
        for symbol in symbols:
            self.register_indicator(symbol, made, resolution, selector)
        if self._clr.settings.automatic_indicator_warm_up:
            self.warm_up_indicator([to_symbol(symbol) for symbol in symbols], made, resolution, selector)
        return made

    @overload
    def arima(
        self,
        symbol: Symbol | str,
        ar_order: int,
        diff_order: int,
        ma_order: int,
        period: int,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.AutoRegressiveIntegratedMovingAverage: ...
    @overload
    def arima(
        self,
        symbol: Symbol | str,
        ar_order: int,
        diff_order: int,
        ma_order: int,
        period: int,
        intercept: bool,
        resolution: Resolution | None = None,
        selector: Any = None,
    ) -> room.AutoRegressiveIntegratedMovingAverage: ...
    def arima(self, *arguments: Any, **named: Any) -> room.AutoRegressiveIntegratedMovingAverage:
        given = bound(BarIndicatorMethods.arima, arguments, named)
        symbol, resolution = given["symbol"], given.get("resolution")
        ar, diff, ma, period = (int(given[name]) for name in ("ar_order", "diff_order", "ma_order", "period"))
        name = self._name(symbol, f"ARIMA({ar},{diff},{ma},{period})", resolution)
        made = room.AutoRegressiveIntegratedMovingAverage(name, ar, diff, ma, period, given.get("intercept", True))
        return self._make(made, symbol, resolution, given.get("selector"))  # type: ignore[no-any-return]
