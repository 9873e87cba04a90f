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
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.corporate import Delisting, Dividend, Split, SymbolChangedEvent
from lean_stubs.data.map_file import STILL_TRADED
from lean_stubs.data.series import EquityFiles

__all__ = ["corporate_events", "equity_points"]

#: Makes the point from the last raw price before it.
_Maker = Callable[[Decimal], Any]


def corporate_events(files: EquityFiles, first: date, last: date) -> list[tuple[datetime, _Maker]]:
    """Events of a span of days, each at the midnight it is stamped with."""
    found: list[tuple[datetime, int, _Maker]] = []
    symbol, hours = files.symbol, files.hours

    def add(day: date, order: int, make: _Maker) -> None:
        if first <= day <= last:
            found.append((datetime.combine(day, time()), order, make))

    for row in files.factor_file.rows if files.factor_file is not None else []:
        if not first <= row.day <= last or not hours.is_date_open(row.day) or not files.has_data(row.day):
            continue
        assert files.factor_file is not None
        ex_day = files.next_open_day(row.day)
        split = files.factor_file.split_after(row.day)
        if split is not None:
            factor, reference = split

            def warn(price: Decimal, day: date = row.day, factor: Decimal = factor) -> Split:
                return Split(symbol, day, price, factor, SplitType.WARNING)

            def occur(price: Decimal, day: date = ex_day, factor: Decimal = factor, close: Decimal = reference) -> Split:
                return Split(symbol, day, close, factor, SplitType.SPLIT_OCCURRED)

            add(row.day, 1, warn)
            if files.has_data(ex_day):
                add(ex_day, 1, occur)
        dividend = files.factor_file.dividend_after(row.day)
        if dividend is not None and files.has_data(ex_day):
            ratio, reference = dividend

            def pay(price: Decimal, day: date = ex_day, ratio: Decimal = ratio, close: Decimal = reference) -> Dividend:
                return Dividend.create(symbol, day, close, ratio)

            add(ex_day, 2, pay)
    _listing_events(files, first, last, add)
    found.sort(key=lambda item: (item[0], item[1]))
    return [(at, make) for at, _, make in found]


def _listing_events(files: EquityFiles, first: date, last: date, add: Callable[[date, int, _Maker], None]) -> None:
    """Renames and the delisting."""
    names, symbol = files.map_file, files.symbol
    if names is None:
        return
    segments = names.segments()
    for (old, _, until), (new, _, _) in pairwise(segments):
        day = files.next_open_day(until)

        def rename(price: Decimal, day: date = day, old: str = old, new: str = new) -> SymbolChangedEvent:
            return SymbolChangedEvent(symbol, day, old, new)

        if until >= first:
            add(day, 0, rename)
    end = names.delisting_day
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
