"""Consolidators to bars of one range (LEAN: Common/Data/Consolidators/{RangeConsolidator,ClassicRangeConsolidator}.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from lean_stubs.data.price_bars import RangeBar
from lean_stubs.data.price_consolidators import BaseTimelessConsolidator, Selector

__all__ = ["ClassicRangeConsolidator", "RangeConsolidator"]

_ZERO = Decimal(0)
#: Of US equities (LEAN: SymbolPropertiesDatabase).
_MINIMUM_PRICE_VARIATION = Decimal("0.01")


class RangeConsolidator(BaseTimelessConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of `range` cents; a jump fills the way with bars that have no volume."""

    def __init__(
        self,
        range: int,
        selector: Selector | None = None,
        volume_selector: Selector | None = None,
    ) -> None:
        super().__init__(selector, volume_selector)
        self._range, self._size = range, _ZERO

    @property
    def range(self) -> int:
        return self._range

    @property
    def range_size(self) -> float:
        return float(self._size)

    @property
    def output_type(self) -> Any:
        return RangeBar

    def _grow(self, at: datetime, value: Decimal, volume: Decimal) -> None:
        rising = value > self._bar._high
        self._bar._take(at, value, volume)
        while self._bar.is_closed:
            done = self._bar
            self._emit(done)
            opening = done._high + _MINIMUM_PRICE_VARIATION if rising else done._low - _MINIMUM_PRICE_VARIATION
            end = done._state.end_time
            self._bar = RangeBar._make(done._state.symbol, end, end, self._size, (opening,) * 4)
            self._bar._take(at, value, _ZERO if abs(opening - value) > self._size else volume)

    def _begin(self, data: Any, value: Decimal, volume: Decimal) -> None:
        opening = value
        if not self._size:
            self._size = _MINIMUM_PRICE_VARIATION * self._range
            opening = (opening / self._size).to_integral_value(ROUND_CEILING) * self._size
        self._bar = RangeBar._make(data.symbol, data.time, data.time, self._size, (opening,) * 4, volume)

    def reset(self) -> None:
        super().reset()
        self._size = _ZERO


class ClassicRangeConsolidator(RangeConsolidator, clr="QuantConnect.Data.Consolidators"):
    """A jump ends one bar, and the next begins at the new price."""

    def _grow(self, at: datetime, value: Decimal, volume: Decimal) -> None:
        BaseTimelessConsolidator._grow(self, at, value, volume)
