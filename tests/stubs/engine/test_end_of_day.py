"""on_end_of_day with and without a symbol."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm


class Days(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 7, 1)
        self.set_end_date(2019, 7, 8)
        for ticker in ("AAA", "BBB"):
            self.add_equity(ticker, Resolution.DAILY)
        self.calls: list[str] = []


def market() -> FakeData:
    return FakeData("2019-06-20", "2019-07-31").trend("AAA", "BBB")


def test_with_a_symbol_it_comes_ten_minutes_before_the_close_of_each_security() -> None:
    class WithSymbol(Days):
        def on_end_of_day(self, symbol: Any) -> None:
            self.calls.append(f"{self.time:%d %H:%M} {symbol}")

    calls = run_algorithm(WithSymbol, market()).check().algorithm.calls
    assert calls[:4] == ["01 15:50 AAA", "01 15:50 BBB", "02 15:50 AAA", "02 15:50 BBB"]
    assert [call for call in calls if call.endswith("AAA")][2:4] == ["03 12:50 AAA", "05 15:50 AAA"]  # half a day, a holiday


def test_without_a_symbol_it_comes_once_a_day_before_midnight() -> None:
    class Without(Days):
        def OnEndOfDay(self) -> None:  # noqa: N802
            self.calls.append(f"{self.time:%d %H:%M}")

    result = run_algorithm(Without, market()).check()
    # The last day's comes after the last slice, so never.
    assert result.algorithm.calls == ["01 23:58", "02 23:58", "03 23:58", "05 23:58"]
