"""What an insight says, as Python reads and writes it (Common/Algorithm/Framework/Alphas/Insight.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import cannot, to_date_time, to_decimal, to_optional_double, to_optional_string, to_time_span
from lean_stubs.clr.guids import Guid
from lean_stubs.clr.instants import aware_utc
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.insights.enums import InsightDirection, InsightType
from lean_stubs.insights.score import InsightScore
from lean_stubs.insights.state import InsightState

__all__ = ["InsightFields"]


def _instant(naive: datetime, is_utc: bool) -> datetime:
    return aware_utc(naive) if is_utc else naive


class InsightFields:
    """Mixin of Insight.

    .NET has no public setter for most of these; Python may set them, and the engine uses the new value.
    """

    _state: InsightState

    @property
    def id(self) -> Guid:
        return self._state.identity()

    @id.setter
    def id(self, value: Guid) -> None:
        self._state.guid = value

    @property
    def group_id(self) -> Guid | None:
        return self._state.group_id

    @group_id.setter
    def group_id(self, value: Guid | None) -> None:
        self._state.group_id = value

    @property
    def symbol(self) -> Symbol:
        return self._state.symbol

    @symbol.setter
    def symbol(self, value: Symbol | str) -> None:
        self._state.symbol = to_symbol(value)

    @property
    def type(self) -> InsightType:
        return self._state.type

    @type.setter
    def type(self, value: InsightType) -> None:
        self._state.type = to_enum(InsightType, value)

    @property
    def direction(self) -> InsightDirection:
        return self._state.direction

    @direction.setter
    def direction(self, value: InsightDirection) -> None:
        self._state.direction = to_enum(InsightDirection, value)

    @property
    def period(self) -> timedelta:
        return self._state.period

    @period.setter
    def period(self, value: timedelta) -> None:
        self._state.period = to_time_span(value)

    @property
    def magnitude(self) -> float | None:
        return self._state.magnitude

    @magnitude.setter
    def magnitude(self, value: float | None) -> None:
        self._state.magnitude = to_optional_double(value)

    @property
    def confidence(self) -> float | None:
        return self._state.confidence

    @confidence.setter
    def confidence(self, value: float | None) -> None:
        self._state.confidence = to_optional_double(value)

    @property
    def weight(self) -> float | None:
        return self._state.weight

    @weight.setter
    def weight(self, value: float | None) -> None:
        self._state.weight = to_optional_double(value)

    @property
    def tag(self) -> str:
        return self._state.tag  # type: ignore[return-value]

    @tag.setter
    def tag(self, value: str | None) -> None:
        self._state.tag = to_optional_string(value)

    @property
    def source_model(self) -> str:
        return self._state.source_model  # type: ignore[return-value]

    @source_model.setter
    def source_model(self, value: str | None) -> None:
        self._state.source_model = to_optional_string(value)

    @property
    def generated_time_utc(self) -> datetime:
        """Aware once the engine has taken the insight; 0001-01-01 without a zone before."""
        return _instant(self._state.generated, self._state.generated_is_utc)

    @generated_time_utc.setter
    def generated_time_utc(self, value: datetime) -> None:
        self._state.generated, self._state.generated_is_utc = to_date_time(value), value.tzinfo is not None

    @property
    def close_time_utc(self) -> datetime:
        """Aware once the engine has taken the insight; 0001-01-01 without a zone before."""
        return _instant(self._state.close, self._state.close_is_utc)

    @close_time_utc.setter
    def close_time_utc(self, value: datetime) -> None:
        self._state.close, self._state.close_is_utc = to_date_time(value), value.tzinfo is not None

    @property
    def reference_value(self) -> float:
        return self._state.reference_value

    @reference_value.setter
    def reference_value(self, value: float) -> None:
        self._state.reference_value = to_decimal(value)

    @property
    def reference_value_final(self) -> float:
        return self._state.reference_value_final

    @reference_value_final.setter
    def reference_value_final(self, value: float) -> None:
        self._state.reference_value_final = to_decimal(value)

    @property
    def estimated_value(self) -> float:
        return self._state.estimated_value

    @estimated_value.setter
    def estimated_value(self, value: float) -> None:
        self._state.estimated_value = to_decimal(value)

    @property
    def score(self) -> InsightScore:
        if self._state.score is None:
            self._state.score = InsightScore()
        return self._state.score

    @score.setter
    def score(self, value: InsightScore) -> None:
        if not isinstance(value, InsightScore):
            raise cannot(value, "QuantConnect.Algorithm.Framework.Alphas.InsightScore")
        self._state.score = value
