"""Indicators that are made of others, which start anew with them."""

from __future__ import annotations

from lean_stubs.indicators.base import Indicator, IndicatorBase, TradeBarIndicator

__all__ = ["ComposedBarIndicator", "ComposedIndicator"]


class ComposedIndicator(Indicator, clr="QuantConnect.Indicators"):
    """Of values."""

    _parts: tuple[IndicatorBase, ...] = ()

    def reset(self) -> None:
        for part in self._parts:
            part.reset()
        super().reset()


class ComposedBarIndicator(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Of bars."""

    _parts: tuple[IndicatorBase, ...] = ()

    def reset(self) -> None:
        for part in self._parts:
            part.reset()
        super().reset()
