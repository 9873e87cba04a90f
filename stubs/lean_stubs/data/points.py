"""All points of one equity subscription in order: bars, splits, dividends, delistings, renames.

Rules: Engine/DataFeeds/Enumerators/{Split,Dividend,Delisting,Mapping}EventProvider.cs, which look at each tradable day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from lean_stubs.common.enums import DataNormalizationMode, DelistingType, Resolution, SplitType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.corporate import Delisting, Dividend, Split, SymbolChangedEvent
from lean_stubs.data.map_file import STILL_TRADED
from lean_stubs.data.series import EquityFiles

__all__ = ["corporate_events", "equity_points"]

#: Makes the point from the last raw price before it.
_Maker = Callable[[Decimal], Any]


def corporate_events(files: EquityFiles, first: date, last: date) -> list[tuple[datetime, _Maker]]:
    """Events of a span of days, each at the midnight it is stamped with.

    Of one midnight the split comes first, then dividend, rename and delisting (LEAN: CorporateEventEnumeratorFactory), so that
    split and dividend of a day of renaming still bear the old ticker.
    """
    found: list[tuple[datetime, int, _Maker]] = []
    hours = files.hours
    renames = _renames(files, first)

    def add(day: date, order: int, make: _Maker) -> None:
        if first <= day <= last:
            found.append((datetime.combine(day, time()), order, make))

    def symbol(day: date) -> Symbol:
        renamed = renames.get(day)
        return files.symbol_on(day) if renamed is None else files.named(renamed[0])

    for row in files.factor_file.rows if files.factor_file is not None else []:
        if not first <= row.day <= last or not hours.is_date_open(row.day) or not files.has_data(row.day):
            continue
        assert files.factor_file is not None
        ex_day = files.next_open_day(row.day)
        split = files.factor_file.split_after(row.day)
        if split is not None:
            factor, reference = split

            def warn(price: Decimal, day: date = row.day, factor: Decimal = factor) -> Split:
                return Split(symbol(day), day, price, factor, SplitType.WARNING)

            def occur(price: Decimal, day: date = ex_day, factor: Decimal = factor, close: Decimal = reference) -> Split:
                return Split(symbol(day), day, close, factor, SplitType.SPLIT_OCCURRED)

            add(row.day, 0, warn)
            if files.has_data(ex_day):
                add(ex_day, 0, occur)
        dividend = files.factor_file.dividend_after(row.day)
        if dividend is not None and files.has_data(ex_day):
            ratio, reference = dividend

            def pay(price: Decimal, day: date = ex_day, ratio: Decimal = ratio, close: Decimal = reference) -> Dividend:
                return Dividend.create(symbol(day), day, close, ratio)

            add(ex_day, 1, pay)
    for day, (old, new) in renames.items():

        def rename(price: Decimal, day: date = day, old: str = old, new: str = new) -> SymbolChangedEvent:
            return SymbolChangedEvent(files.named(new), day, old, new)

        add(day, 2, rename)
    _delisting(files, first, add)
    found.sort(key=lambda item: (item[0], item[1]))
    return [(at, make) for at, _, make in found]


def _renames(files: EquityFiles, first: date) -> dict[date, tuple[str, str]]:
    """(old ticker, new ticker) by the day on which the change is told, for a subscription that starts on the day `first`."""
    names = files.map_file
    if names is None:
        return {}
    segments = names.segments()
    found = {files.next_open_day(until): (old, new) for (old, _, until), (new, _, _) in pairwise(segments) if until >= first}
    asked = files.symbol.value
    if not names.has_data(first) and first < names.first_day and segments[0][0] != asked:
        # Asked for under a later ticker from before its first day: on that day it gets its first ticker.
        found[files.next_open_day(names.first_day - timedelta(days=1))] = (asked, segments[0][0])
    return found


def _delisting(files: EquityFiles, first: date, add: Callable[[date, int, _Maker], None]) -> None:
    if files.map_file is None:
        return
    end, symbol = files.map_file.delisting_day, files.symbol_on(files.map_file.delisting_day)
    if end >= STILL_TRADED or end < first:
        return
    add(end, 3, lambda price: Delisting(symbol, end, price, DelistingType.WARNING))
    after = end + timedelta(days=1)
    add(after, 3, lambda price: Delisting(symbol, after, price, DelistingType.DELISTED))


def _blocks(files: EquityFiles, config: SubscriptionDataConfig, start: datetime, end: datetime, precise: bool) -> Iterator[Any]:
    """The subscription's bars, in whole files or day by day."""
    mode, extended = config.data_normalization_mode, config.extended_market_hours
    if int(config.resolution) >= int(Resolution.HOUR):
        yield files.whole(config.resolution, mode, extended, precise, end.date())
        return
    day = start.date()
    while day <= end.date():
        if files.hours.is_date_open(day, extended):
            read = files.quotes if config._is_quote() else files.day
            yield read(config.resolution, mode, extended, day, end.date())
        day += timedelta(days=1)


def equity_points(
    files: EquityFiles, config: SubscriptionDataConfig, start: datetime, end: datetime, precise: bool
) -> Iterator[Any]:
    """Bars that end from `start` (exchange-local) on, and the auxiliary points between."""
    events = corporate_events(files, start.date(), end.date())
    total_return = config.data_normalization_mode == DataNormalizationMode.TOTAL_RETURN
    dividends = Decimal(0)
    last_price = Decimal(0)
    position = 0

    def due(until: datetime) -> Iterator[Any]:
        nonlocal position, dividends
        while position < len(events) and events[position][0] < until:
            at, make = events[position]
            position += 1
            if at < start:
                continue
            point = make(last_price)
            if isinstance(point, Dividend):
                dividends += point._exact_distribution
            yield point

    for series in _blocks(files, config, start, end, precise):
        for row in range(series.from_end(start), len(series)):
            if series.starts[row] > end:
                break
            if position < len(events) and events[position][0] < series.ends[row]:
                yield from due(series.ends[row])
            bar = series.bar(row)
            if total_return and dividends and isinstance(bar, BarState):
                bar = _with_dividends(bar, dividends)
            if position < len(events):
                last_price = series.raw_close(row)
            yield bar
    yield from due(datetime.max)


def _with_dividends(bar: BarState, paid: Decimal) -> BarState:
    """Total return: what was paid since the subscription began is added to each price."""
    prices = [float(price + paid) for price in (bar.exact_open, bar.exact_high, bar.exact_low, bar.exact_close)]
    return BarState(bar.symbol, bar.time, bar.end_time, prices[0], prices[1], prices[2], prices[3], bar.volume)
