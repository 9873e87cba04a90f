"""The same view of every security, renewed when it has run out (Algorithm.Framework/Alphas/ConstantAlphaModel.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr import SlotDict, to_enum
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import no_match, to_date_time, to_optional_double, to_time_span
from lean_stubs.clr.formatting import number_text, span_text
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.enums import InsightDirection, InsightType
from lean_stubs.insights.insight import Insight

__all__ = ["ConstantAlphaModel"]


class ConstantAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Emits one insight a security, and the next one once `period` of calendar time has passed."""

    def __init__(
        self,
        type: InsightType,
        direction: InsightDirection,
        period: timedelta,
        magnitude: float | None = None,
        confidence: float | None = None,
        weight: float | None = None,
    ) -> None:
        super().__init__()
        try:
            self._type, self._direction = to_enum(InsightType, type), to_enum(InsightDirection, direction)
            self._period, self._magnitude = to_time_span(period), to_optional_double(magnitude)
            self._confidence, self._weight = to_optional_double(confidence), to_optional_double(weight)
        except TypeError:
            raise no_match(".ctor", type, direction, period, magnitude, confidence, weight) from None
        numbers = "".join(f",{number_text(x)}" for x in (self._magnitude, self._confidence) if x is not None)
        kind, towards = to_pascal(str(self._type)), to_pascal(str(self._direction))
        self._name = f"ConstantAlphaModel({kind},{towards},{span_text(self._period)}{numbers})"
        self._securities: SlotDict[Any, None] = SlotDict()
        self._emitted: dict[Symbol, datetime] = {}

    def update(self, algorithm: Any, data: Any) -> Iterator[Insight]:
        utc = state_of(algorithm).utc
        for security in list(self._securities):
            if security.price != 0 and self._is_due(utc, security.symbol):
                yield Insight(
                    security.symbol,
                    self._period,
                    self._type,
                    self._direction,
                    self._magnitude,
                    self._confidence,
                    weight=self._weight,
                )

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        for security in changes.added_securities:
            self._securities[security] = None
        for security in changes.removed_securities:
            self._securities.pop(security, None)
            self._emitted.pop(security.symbol, None)

    def should_emit_insight(self, utc_time: datetime, symbol: Symbol) -> bool:
        """Whether the last insight of the symbol is older than the period; if so the new one is taken as emitted."""
        return self._is_due(to_date_time(utc_time), symbol)

    def _is_due(self, utc: datetime, symbol: Symbol) -> bool:
        last = self._emitted.get(symbol)
        if last is not None and utc - last < self._period:
            return False
        self._emitted[symbol] = utc
        return True
