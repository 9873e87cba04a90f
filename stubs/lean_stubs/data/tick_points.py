"""All points of one equity subscription to ticks in order: ticks, splits, dividends, delistings, renames.

Rules: SubscriptionDataReader (ticks may share a time), SubscriptionFilterEnumerator (market hours at the instant),
PriceScaleFactorEnumerator. Ticks are never filled forward.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.common.enums import DataNormalizationMode, Resolution, TickType
from lean_stubs.data.bar_state import PRICE_DIGITS
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.corporate import Dividend
from lean_stubs.data.points import corporate_events, equity_points
from lean_stubs.data.series import EquityFiles
from lean_stubs.data.tick_file import UNSCALED, Scale, TickRow, tick_of_row
from lean_stubs.data.tick_state import TickState, quote_value

__all__ = ["subscription_points"]

_MICROSECOND = timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)
_TENTHOUSANDTH = Decimal(1).scaleb(-PRICE_DIGITS)
_ZERO = Decimal(0)


def subscription_points(
    files: EquityFiles, config: SubscriptionDataConfig, start: datetime, end: datetime, precise: bool
) -> Iterator[Any]:
    """Bars that end, or ticks that come, from `start` (exchange-local) on, and the auxiliary points between."""
    if config.resolution == Resolution.TICK:
        return _tick_points(files, config, start, end)
    return equity_points(files, config, start, end, precise)


class _Last:
    """The last raw price that was read, which a split's warning and a delisting show."""

    def __init__(self) -> None:
        self.row: TickRow | None = None

    @property
    def price(self) -> Decimal:
        if self.row is None:
            return _ZERO
        _, price, _, bid, _, ask, *_ = self.row
        return Decimal(price) * _TENTHOUSANDTH or quote_value(Decimal(bid), Decimal(ask)) * _TENTHOUSANDTH


def _tick_points(files: EquityFiles, config: SubscriptionDataConfig, start: datetime, end: datetime) -> Iterator[Any]:
    events = [event for event in corporate_events(files, start.date(), end.date()) if event[0] >= start]
    total_return = config.data_normalization_mode == DataNormalizationMode.TOTAL_RETURN
    last, dividends = _Last(), _ZERO
    day = start.date()
    while day <= end.date():
        midnight = datetime.combine(day, time())
        while events and events[0][0] <= midnight:
            point = events.pop(0)[1](last.price)
            if isinstance(point, Dividend):
                dividends += point._exact_distribution
            yield point
        if files.hours.is_date_open(day, config.extended_market_hours):
            for tick in _day_of_ticks(files, config, midnight, start, end, last):
                if total_return and dividends:
                    _add_dividends(tick, dividends)
                yield tick
        day += _ONE_DAY
    for _, make in events:
        yield make(last.price)


def _day_of_ticks(
    files: EquityFiles, config: SubscriptionDataConfig, midnight: datetime, start: datetime, end: datetime, last: _Last
) -> Iterator[TickState]:
    """Ticks of a day within market hours and the bounds, both of which are included."""
    day, kind = midnight.date(), config.tick_type
    factors = files.factor_file
    if factors is not None and factors.minimum_day is not None and day < factors.minimum_day:
        return
    final = (end - midnight) // _MICROSECOND
    stretches = [(max(opening, start), close) for opening, close in files.hours._stretches(day, config.extended_market_hours)]
    spans = [((opening - midnight) // _MICROSECOND, (close - midnight) // _MICROSECOND) for opening, close in stretches]
    opens = closes = 0
    scale = _scale(files, config.data_normalization_mode, day, end.date())
    for ticker, _, _ in files._segments(day, day):
        symbol = files.named(ticker)
        at, clock = -1, midnight
        for row in files.source.raw_ticks(ticker, files.market, kind, day) or ():
            instant = row[0]
            if instant > final:
                return
            last.row = row
            if not opens <= instant < closes:
                span = next((span for span in spans if span[0] <= instant < span[1]), None)
                if span is None:
                    continue
                opens, closes = span
            if instant != at:
                at, clock = instant, midnight + timedelta(microseconds=instant)
            yield tick_of_row(row, symbol, clock, kind, scale)


def _scale(files: EquityFiles, mode: DataNormalizationMode, day: date, until: date) -> Scale:
    if mode == DataNormalizationMode.RAW or files.factor_file is None:
        return UNSCALED
    anchor = files.factor_file.factor(until, mode) if mode == DataNormalizationMode.SCALED_RAW else Decimal(1)
    return files._scale(day, mode, anchor)[0]


def _add_dividends(tick: TickState, paid: Decimal) -> None:
    """Total return: what was paid since the subscription began is added to each price that there is."""
    if tick.tick_type is TickType.TRADE:
        tick.exact_value += paid
        return
    tick.bid, tick.ask = (side + paid if side else side for side in (tick.bid, tick.ask))
    tick.exact_value = quote_value(tick.bid, tick.ask)
