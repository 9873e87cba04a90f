from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from AlgorithmImports import DataNormalizationMode, Dividend, QCAlgorithm, Resolution, TradeBar
from lean_stubs.testing import FakeData, run_algorithm


def market() -> FakeData:
    return FakeData("2019-01-02", "2019-07-12").trend("SPY", price=100.0, daily=0.01).trend("QQQ", price=50.0, daily=0.02)


def ask(question: Callable[[Any], Any], data: FakeData | None = None, at: tuple[int, int] = (16, 0)) -> Any:
    """The answer of an algorithm on daily SPY and QQQ, on Friday 14 June 2019."""

    class Asks(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 21)
            self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
            self.qqq = self.add_equity("QQQ", Resolution.DAILY).symbol
            self.schedule.on(self.date_rules.on(2019, 6, 14), self.time_rules.at(*at), self.answer)

        def answer(self) -> None:
            self.answers = question(self)

    return run_algorithm(Asks, data or market()).check().algorithm.answers


def ends(frame: pd.DataFrame) -> list[str]:
    return [f"{time:%m-%d %H}" for time in frame.index.get_level_values(1)]


def test_at_the_close_the_last_bar_is_todays_before_it_yesterdays() -> None:
    assert ends(ask(lambda a: a.history(a.spy, 2, Resolution.DAILY))) == ["06-13 16", "06-14 16"]
    assert ends(ask(lambda a: a.history(a.spy, 2, Resolution.DAILY), at=(15, 59))) == ["06-12 16", "06-13 16"]


def test_shape_of_a_frame() -> None:
    frame = ask(lambda a: a.history([a.spy, a.qqq], 3, Resolution.DAILY))
    assert list(frame.columns) == ["close", "high", "low", "open", "volume"]
    assert frame.index.names == ["symbol", "time"]
    assert [symbol.value for symbol in frame.index.get_level_values(0)] == ["SPY"] * 3 + ["QQQ"] * 3
    assert [str(column) for column in frame["close"].unstack(level=0).columns] == ["QQQ", "SPY"]


@pytest.mark.parametrize("key", ["SPY", "symbol"])
def test_tickers_and_symbols_are_keys(key: str) -> None:
    def question(a: Any) -> Any:
        frame = a.history([a.spy, a.qqq], 3, Resolution.DAILY)
        wanted = a.spy if key == "symbol" else key
        wide = frame["close"].unstack(level=0)
        return len(frame.loc[wanted]), wanted in frame.index, list(wide[wanted]), "ZZZZ" in frame.index

    rows, known, closes, unknown = ask(question)
    assert (rows, known, len(closes), unknown) == (3, True, 3, False)


def test_an_unknown_key_is_a_key_error() -> None:
    def question(a: Any) -> Any:
        with pytest.raises(KeyError, match="ZZZZ"):
            a.history([a.spy], 3, Resolution.DAILY).loc["ZZZZ"]
        return True

    assert ask(question)


def test_own_frames_are_left_alone() -> None:
    frame = pd.DataFrame({"close": [1.0, 2.0]}, index=["a", "b"])
    ask(lambda a: None)
    assert frame.loc["b", "close"] == 2.0
    assert "close" in frame
    with pytest.raises(KeyError):
        frame.loc["c"]


def test_spans_and_dates() -> None:
    assert ends(ask(lambda a: a.history(a.spy, timedelta(3), Resolution.DAILY))) == ["06-12 16", "06-13 16", "06-14 16"]
    between = ask(lambda a: a.history(a.spy, datetime(2019, 6, 10), datetime(2019, 6, 12), Resolution.DAILY))
    assert ends(between) == ["06-10 16", "06-11 16"]
    assert len(ask(lambda a: a.history(a.spy, np.int64(4), Resolution.DAILY))) == 4
    assert ask(lambda a: a.history(a.spy, 0, Resolution.DAILY)).empty


def test_the_zone_of_an_aware_time_is_dropped() -> None:
    aware = datetime(2019, 6, 12, 16, tzinfo=UTC)
    assert ends(ask(lambda a: a.history(a.spy, aware, datetime(2020, 1, 1), Resolution.DAILY))) == ["06-13 16", "06-14 16"]


def test_a_missing_day_is_filled_unless_refused() -> None:
    data = market().missing("SPY", "2019-06-13")
    assert ends(ask(lambda a: a.history(a.spy, 3, Resolution.DAILY), data)) == ["06-12 16", "06-13 16", "06-14 16"]
    assert ends(ask(lambda a: a.history(a.spy, 3, Resolution.DAILY, fill_forward=False), data)) == ["06-12 16", "06-14 16"]


def test_typed_and_untyped_bars() -> None:
    bars = ask(lambda a: list(a.history[TradeBar](a.spy, 2, Resolution.DAILY)))
    assert [type(bar).__name__ for bar in bars] == ["TradeBar", "TradeBar"]
    both = ask(
        lambda a: [sorted(str(s) for s, _ in day.items()) for day in a.history[TradeBar]([a.spy, a.qqq], 2, Resolution.DAILY)]
    )
    assert both == [["QQQ", "SPY"]] * 2
    slices = ask(lambda a: [(s.time, s.bars.count) for s in a.history(2, Resolution.DAILY)])
    assert slices == [(datetime(2019, 6, 13, 16), 2), (datetime(2019, 6, 14, 16), 2)]
    assert not hasattr(ask(lambda a: a.history("SPY", 2, Resolution.DAILY)), "shape")


def test_modes_of_prices() -> None:
    data = market().split("SPY", "2019-06-13", 2).dividend("SPY", "2019-06-12", 1.0)

    def closes(mode: Any) -> list[float]:
        return list(ask(lambda a: a.history(a.spy, 3, Resolution.DAILY, data_normalization_mode=mode), data)["close"])

    raw, adjusted = closes(DataNormalizationMode.RAW), closes(DataNormalizationMode.ADJUSTED)
    scaled = closes(DataNormalizationMode.SCALED_RAW)
    assert raw[0] == pytest.approx(2 * adjusted[0])
    assert scaled == pytest.approx(adjusted)
    dividends = ask(lambda a: a.history(Dividend, a.spy, timedelta(5)), data)
    assert list(dividends["distribution"]) == [1.0]
