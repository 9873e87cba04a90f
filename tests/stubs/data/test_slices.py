"""What a slice shows, and what bars that are filled forward do and do not (LEAN: Slice, SecurityCache)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import QCAlgorithm, Resolution, SimpleMovingAverage, Symbol, TradeBarConsolidator
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.testing import FakeData, run_algorithm


def market() -> FakeData:
    return FakeData("2019-05-01", "2019-07-31").trend("SPY", price=100.0, daily=0.001).flat("QQQ")


def at(day: int, hour: int = 16) -> datetime:
    return datetime(2019, 6, day, hour)


class Watch(QCAlgorithm):
    """10 to 18 June 2019; keeps what `look` answers at each slice."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 18)
        self.spy, self.qqq = (self.add_equity(t, Resolution.DAILY).symbol for t in ("SPY", "QQQ"))
        self.found: dict[datetime, Any] = {}
        self.set_up()

    def set_up(self) -> None:
        """What a subclass adds."""

    def on_data(self, data: Any) -> None:
        self.found[self.time] = self.look(data)

    def look(self, data: Any) -> Any:
        raise NotImplementedError


def ran(kind: type, data: FakeData | None = None) -> Any:
    return run_algorithm(kind, data or market()).check().algorithm


def test_a_symbol_with_events_only_is_a_key_without_a_value() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            return (
                data.has_data, data.contains_key(self.spy), self.spy in data, data[self.spy], data.bars.contains_key(self.spy),
                len(list(data)), data.count, data.dividends[self.spy].distribution if data.dividends.contains_key("SPY") else None,
            )  # fmt: skip

    found = ran(Look, market().dividend("SPY", "2019-06-12", 0.5)).found[at(12, 0)]
    assert found == (True, True, True, None, False, 0, 1, 0.5)


def test_missing_symbols_raise_leans_error_or_give_a_default() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            other = Symbol.create("IWM", 1, "usa")
            answers = [data.get(other), data.bars.get(other), data.contains_key(other)]
            for attempt in (lambda: data[other], lambda: data.bars[other]):
                try:
                    attempt()
                except Exception as error:
                    answers.append((isinstance(error, KeyNotFoundException), isinstance(error, KeyError)))
            return answers

    assert ran(Look).found[at(10)] == [None, None, False, (True, False), (True, False)]


def test_tickers_are_keys_and_iteration_gives_pairs_sorted_by_symbol() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            popped = None
            names = [kv.key.value for kv in data.bars]
            shown = (data["SPY"].close == data.bars["SPY"].close, names, [k.value for k, _ in data.bars.items()])
            with pytest.raises(Exception, match="read-only"):
                data[self.spy] = 1
            popped = data.bars.pop(self.qqq)
            return (*shown, popped.close, data.bars.contains_key(self.qqq))

    assert ran(Look).found[at(10)] == (True, ["QQQ", "SPY"], ["QQQ", "SPY"], 100.0, False)


def test_a_filled_bar_is_a_sample_for_indicators_and_consolidators_and_no_price() -> None:
    class Look(Watch):
        def set_up(self) -> None:
            self.average = SimpleMovingAverage(3)
            self.register_indicator(self.spy, self.average, Resolution.DAILY)
            self.wide: list[Any] = []
            consolidator = TradeBarConsolidator(timedelta(1))
            consolidator.data_consolidated += lambda sender, bar: self.wide.append((bar.end_time.day, bar.is_fill_forward))
            self.subscription_manager.add_consolidator(self.spy, consolidator)

        def look(self, data: Any) -> Any:
            bar = data.bars[self.spy]
            security = self.securities[self.spy]
            return bar.is_fill_forward, bar.volume, self.average.samples, security.get_last_data().end_time, security.price

    found = ran(Look, market().missing("SPY", "2019-06-12"))
    before, filled, after = (found.found[at(day)] for day in (11, 12, 13))
    assert filled == (True, 0.0, before[2] + 1, at(11), before[4])
    assert after[0] is False
    assert after[2] == filled[2] + 1
    assert (13, False) in found.wide


def test_a_zero_leaves_the_field_as_it_was() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            security = self.securities[self.spy]
            return security.price, security.open, security.close

    data = market().bar("SPY", "2019-06-10", close=0.0, open=55.0, high=60.0, low=50.0)
    data.bar("SPY", "2019-06-12", close=0.0, open=56.0, high=60.0, low=50.0)
    found = ran(Look, data).found
    assert found[at(10)] == (0.0, 55.0, 0.0)
    # Later the last price that was not zero stays.
    assert found[at(12)] == (found[at(11)][0], 56.0, found[at(11)][2])


def test_a_bar_is_a_new_wrapper_each_time_and_a_security_the_same() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            data.bars[self.spy].mark = 1
            self.securities[self.spy].mark = self.time.day
            return hasattr(data.bars[self.spy], "mark"), self.securities[self.spy].mark

    assert ran(Look).found[at(10)] == (False, 10)


def test_values_have_two_names() -> None:
    class Look(Watch):
        def look(self, data: Any) -> Any:
            return [bar.close for bar in data.values()], [bar.close for bar in data.get_values()]

    one, two = ran(Look).found[at(11)]
    assert one == two
    assert len(one) == 2
