"""Indicators of the user's that he updates himself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from AlgorithmImports import IndicatorDataPoint, IndicatorExtensions, PythonIndicator

START = datetime(2020, 1, 6)


class Doubles(PythonIndicator):
    def __init__(self) -> None:
        self.name, self.value, self._seen = "doubles", 0.0, 0

    @property
    def is_ready(self) -> bool:
        return self._seen > 1

    def update(self, number: Any) -> bool:
        self._seen += 1
        self.value = 2.0 * number
        self.on_updated(IndicatorDataPoint(START + timedelta(self._seen), self.value))
        return self.is_ready


def test_what_the_user_tells_reaches_indicators_on_top_once_he_is_ready() -> None:
    doubles = Doubles()
    average = IndicatorExtensions.sma(doubles, 2)
    for number in (1, 2, 3):
        doubles.update(number)
    # The first value came before the indicator was ready.
    assert (average.samples, average.current.value) == (2, 5.0)
