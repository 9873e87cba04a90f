"""What an insights_generated handler gets (Common/Algorithm/Framework/Alphas/GeneratedInsightsCollection.cs)."""

from __future__ import annotations

from datetime import datetime

from lean_stubs.clr import ClrArray, ClrObject, array_of
from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.instants import aware_utc
from lean_stubs.insights.insight import Insight

__all__ = ["GeneratedInsightsCollection"]


class GeneratedInsightsCollection(ClrObject, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """The insights of one time step."""

    def __init__(self, date_time_utc: datetime, insights: list[Insight]) -> None:
        self._time, self._insights = to_date_time(date_time_utc), insights

    @property
    def date_time_utc(self) -> datetime:
        return aware_utc(self._time)

    @property
    def insights(self) -> ClrArray[Insight]:
        return array_of(Insight, [Insight._wrap(i._state) for i in self._insights])
