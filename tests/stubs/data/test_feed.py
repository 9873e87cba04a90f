"""What comes in slices: fill-forward, mixed resolutions, corporate actions, warm-up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import DataNormalizationMode, DelistingType, QCAlgorithm, Resolution, SplitType
from lean_stubs.testing import FakeData, run_algorithm

START, END = date(2019, 6, 10), date(2019, 6, 21)


class Watch(QCAlgorithm):
    """Notes every slice; a subclass says what it subscribes to."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 21)
        self.seen: list[tuple[Any, ...]] = []
        self.subscribe()

    def subscribe(self) -> None:
        self.add_equity("SPY", Resolution.DAILY)

    def on_data(self, data: Any) -> None:
        for bar in data.bars.values():
            self.seen.append((self.time, str(bar.symbol), bar.close, bar.volume, bar.is_fill_forward))


def market(**options: Any) -> FakeData:
    return FakeData("2019-06-03", "2019-07-12").trend("SPY", price=100.0, daily=0.01).flat("QQQ")


def test_a_missing_day_repeats_the_last_bar_without_volume() -> None:
    found = run_algorithm(Watch, market().missing("SPY", "2019-06-12")).check().algorithm.seen
    before, missing = (next(row for row in found if row[0].day == day) for day in (11, 12))
    assert missing[0] == datetime(2019, 6, 12, 16)
    assert missing[2:] == (before[2], 0.0, True)
    assert [row[0].day for row in found] == [10, 11, 12, 13, 14, 17, 18, 19, 20, 21]


def test_without_fill_forward_a_missing_day_has_no_slice() -> None:
    class Plain(Watch):
        def subscribe(self) -> None:
            self.add_equity("SPY", Resolution.DAILY, fill_forward=False)

    found = run_algorithm(Plain, market().missing("SPY", "2019-06-12")).check().algorithm.seen
    assert 12 not in [row[0].day for row in found]


def test_a_minute_symbol_makes_a_daily_one_repeat_every_minute() -> None:
    class Mixed(Watch):
        def subscribe(self) -> None:
            self.set_end_date(2019, 6, 11)
            self.add_equity("SPY", Resolution.DAILY)
            self.add_equity("QQQ", Resolution.MINUTE)

    found = run_algorithm(Mixed, market()).check().algorithm.seen
    daily = [row for row in found if row[1] == "SPY" and row[0].day == 11]
    assert len(daily) == 390
    assert all(row[4] for row in daily[:-1])
    assert daily[-1][0] == datetime(2019, 6, 11, 16)
    assert not daily[-1][4]


def test_with_midnight_ends_fridays_bar_comes_on_saturday() -> None:
    class Midnight(Watch):
        def subscribe(self) -> None:
            self.settings.daily_precise_end_time = False
            self.add_equity("SPY", Resolution.DAILY)

    times = [row[0] for row in run_algorithm(Midnight, market()).check().algorithm.seen]
    assert datetime(2019, 6, 15) in times
    assert all(time.hour == 0 for time in times)


def test_a_split_in_raw_mode_is_warned_of_and_keeps_the_value() -> None:
    class Raw(Watch):
        def subscribe(self) -> None:
            self.add_equity("SPY", Resolution.DAILY, data_normalization_mode=DataNormalizationMode.RAW)
            self.splits: list[tuple[Any, ...]] = []

        def on_splits(self, splits: Any) -> None:
            value = self.portfolio.total_portfolio_value
            self.splits += [(self.time, s.type, s.split_factor, self.portfolio["SPY"].quantity, value) for s in splits.values()]

        def on_data(self, data: Any) -> None:
            super().on_data(data)
            if not self.portfolio.invested:
                self.market_order("SPY", 10)

    data = FakeData("2019-06-03", "2019-07-12").flat("SPY").split("SPY", "2019-06-18", 2)
    warning, split = run_algorithm(Raw, data).check().algorithm.splits
    assert warning[:3] == (datetime(2019, 6, 17), SplitType.WARNING, 0.5)
    assert split[:4] == (datetime(2019, 6, 18), SplitType.SPLIT_OCCURRED, 0.5, 20.0)
    assert split[4] == pytest.approx(warning[4])


@pytest.mark.parametrize(
    ("mode", "ratio"),
    [(DataNormalizationMode.RAW, 0.5), (DataNormalizationMode.ADJUSTED, 1.0), (DataNormalizationMode.SPLIT_ADJUSTED, 1.0)],
)
def test_normalisation_of_a_split(mode: Any, ratio: float) -> None:
    class Moded(Watch):
        def subscribe(self) -> None:
            self.add_equity("SPY", Resolution.DAILY, data_normalization_mode=mode)

    found = (
        run_algorithm(Moded, FakeData("2019-06-03", "2019-07-12").flat("SPY").split("SPY", "2019-06-18", 2)).check().algorithm.seen
    )
    closes = {row[0].day: row[2] for row in found}
    assert closes[18] / closes[17] == pytest.approx(ratio)


def test_adjusted_volume_is_scaled_up() -> None:
    data = FakeData("2019-06-03", "2019-07-12").flat("SPY").split("SPY", "2019-06-18", 2)
    volumes = {row[0].day: row[3] for row in run_algorithm(Watch, data).check().algorithm.seen}
    raw = data.raw_bars("SPY", "usa", Resolution.DAILY, START, END)
    assert raw is not None
    by_day = {start.date(): volume for start, volume in zip(raw.starts, raw.volumes, strict=True)}
    assert volumes[17] == 2 * by_day[date(2019, 6, 17)]


def test_a_delisting_is_warned_of_sold_and_told() -> None:
    class Delisted(Watch):
        def subscribe(self) -> None:
            self.add_equity("SPY", Resolution.DAILY)
            self.told: list[tuple[Any, ...]] = []

        def on_delistings(self, delistings: Any) -> None:
            self.told += [(self.time, d.type, self.portfolio["SPY"].quantity) for d in delistings.values()]

        def on_securities_changed(self, changes: Any) -> None:
            self.told += [(self.time, "removed") for _ in changes.removed_securities]

        def on_data(self, data: Any) -> None:
            super().on_data(data)
            if not self.told and not self.portfolio.invested and data.bars.count:
                self.market_order("SPY", 10)

    result = run_algorithm(Delisted, market().delist("SPY", "2019-06-18")).check()
    assert result.algorithm.told == [
        (datetime(2019, 6, 18), DelistingType.WARNING, 10.0),
        (datetime(2019, 6, 19), "removed"),
        (datetime(2019, 6, 19), DelistingType.DELISTED, 0.0),
    ]
    assert max(row[0] for row in result.algorithm.seen) == datetime(2019, 6, 18, 16)
    assert list(result.orders["status"]) == ["FILLED", "FILLED"]


def test_a_rename_keeps_the_symbol() -> None:
    class Renamed(Watch):
        def subscribe(self) -> None:
            self.mine = self.add_equity("NEW", Resolution.DAILY).symbol
            self.names: list[tuple[Any, ...]] = []

        def on_symbol_changed_events(self, events: Any) -> None:
            self.names += [(self.time, e.old_symbol, e.new_symbol, e.symbol == self.mine) for e in events.values()]

    data = FakeData("2019-06-03", "2019-07-12").flat("NEW").rename("OLD", "NEW", "2019-06-18")
    result = run_algorithm(Renamed, data).check().algorithm
    assert result.names == [(datetime(2019, 6, 19), "OLD", "NEW", True)]
    assert len(result.seen) == 10


def test_warm_up_feeds_the_bars_before_the_start() -> None:
    class Warm(Watch):
        def subscribe(self) -> None:
            self.set_start_date(2019, 6, 17)
            self.add_equity("SPY", Resolution.DAILY)
            self.set_warm_up(3, Resolution.DAILY)
            self.finished: list[Any] = []

        def on_warmup_finished(self) -> None:
            self.finished.append((self.time, self.securities["SPY"].price))

        def on_data(self, data: Any) -> None:
            self.seen.append((self.time.day, self.is_warming_up, data.bars["SPY"].close))

    found = run_algorithm(Warm, market()).check().algorithm
    assert [row[:2] for row in found.seen] == [(12, True), (13, True), (14, True), *[(d, False) for d in (17, 18, 19, 20, 21)]]
    assert found.finished == [(datetime(2019, 6, 17), found.seen[2][2])]


def test_a_universe_of_a_function_of_the_date() -> None:
    class Chosen(Watch):
        def subscribe(self) -> None:
            self.universe_settings.resolution = Resolution.DAILY
            self.universe_settings.minimum_time_in_universe = timedelta(0)
            self.changes: list[tuple[Any, ...]] = []
            self.add_universe("mine", lambda at: ["SPY"] if at.day < 14 else ["QQQ"])

        def on_securities_changed(self, changes: Any) -> None:
            names = [[s.symbol.value for s in found] for found in (changes.added_securities, changes.removed_securities)]
            self.changes.append((self.time.day, *names))

    result = run_algorithm(Chosen, market()).check().algorithm
    assert result.changes == [(10, ["SPY"], []), (14, ["QQQ"], ["SPY"])]
    assert {row[1][:3] for row in result.seen if row[0].day >= 14} == {"QQQ"}
