"""Scores of an insight (Common/Algorithm/Framework/Alphas/InsightScore.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, overload

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import to_date_time, to_double
from lean_stubs.clr.formatting import number_text, rounded
from lean_stubs.clr.instants import NEVER_SET, utc_or_unset
from lean_stubs.clr.overloads import bound
from lean_stubs.insights.enums import InsightScoreType

__all__ = ["InsightScore"]


class InsightScore(ClrObject, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Direction and magnitude between 0 and 1; 0 until a score function sets them."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, direction: float, magnitude: float, updated_time_utc: datetime) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        direction, magnitude, updated_time_utc = bound(InsightScore.__init__, arguments, named).values() or (0, 0, NEVER_SET)
        self._scores = {InsightScoreType.DIRECTION: float(direction), InsightScoreType.MAGNITUDE: float(magnitude)}
        self._updated, self._final = to_date_time(updated_time_utc), False

    @property
    def direction(self) -> float:
        return self._scores[InsightScoreType.DIRECTION]

    @property
    def magnitude(self) -> float:
        return self._scores[InsightScoreType.MAGNITUDE]

    @property
    def updated_time_utc(self) -> datetime:
        return utc_or_unset(self._updated)

    @property
    def is_final_score(self) -> bool:
        return self._final

    def set_score(self, type: Any, value: float, algorithm_utc_time: datetime) -> None:
        """Clamped to 0..1; nothing changes once the score is final."""
        if not self._final:
            self._updated = to_date_time(algorithm_utc_time)
            self._scores[to_enum(InsightScoreType, type)] = max(0.0, min(1.0, to_double(value)))

    def finalize(self, algorithm_utc_time: datetime) -> None:
        self._final, self._updated = True, to_date_time(algorithm_utc_time)

    def get_score(self, type: Any) -> float:
        return self._scores[to_enum(InsightScoreType, type)]

    def __str__(self) -> str:
        direction, magnitude = (number_text(rounded(100 * x, 2)) for x in (self.direction, self.magnitude))
        return f"Direction: {direction} Magnitude: {magnitude}"
