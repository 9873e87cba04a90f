"""One symbol on the feed, and which of its bars are news."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from AlgorithmImports import DataNormalizationMode, Resolution, TickType

from regime_framework.lean.clock import ExchangeClock

if TYPE_CHECKING:
    from AlgorithmImports import Security, Symbol, TradeBar

__all__ = ["DailyLine", "is_daily"]


class DailyLine:
    """One symbol on the feed."""

    __slots__ = ("clock", "close", "consolidator", "daily", "end", "exchange", "hours", "key", "raw", "symbol", "ticker")

    def __init__(self, key: str, security: Security, clock: ExchangeClock) -> None:
        self.key = key
        self.symbol: Symbol = security.symbol
        self.ticker = str(security.symbol.value)
        self.raw = bool(security.data_normalization_mode == DataNormalizationMode.RAW)
        self.clock = clock
        self.hours = security.exchange.hours
        self.exchange = f"{security.symbol.id.market}/{security.type}"
        self.daily = is_daily(security)
        self.end: datetime | None = None
        self.close = float("nan")
        self.consolidator: object = None

    def accept(self, bar: TradeBar) -> bool:
        """Take note of a bar; false when it brings nothing new.

        The engine repeats ends (a daily bar beside minute data, history beside the slice) and fills days without
        trades with the last price. A filled day must not move the filter: its zero return is no calm.
        """
        end, last = bar.end_time, self.end
        if last is not None and end <= last:
            return False
        close = float(bar.close)
        if close == self.close and _is_filled(bar):
            return False
        self.end, self.close = end, close
        return True


def is_daily(security: Security) -> bool:
    """Whether daily trades are all that is subscribed to."""
    configs = [config for config in security.subscriptions if not config.is_internal_feed]
    return not any(c.resolution != Resolution.DAILY or c.tick_type != TickType.TRADE or c.is_custom_data for c in configs)


def _is_filled(bar: TradeBar) -> bool:
    # A day gathered from filled minutes never says so, and shows the range of the last bar that traded; but it has no
    # volume. Quotes and indices never have any: theirs is taken for filled where it ends where the day before ended.
    return bool(bar.is_fill_forward) or not getattr(bar, "volume", 0.0)
