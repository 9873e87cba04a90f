"""The daily bars of all symbols, whatever their subscription, handed to the service once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, proxy

from AlgorithmImports import Resolution, SplitType

from regime_framework._typing import FloatArray
from regime_framework.bars import PriceBar
from regime_framework.lean.clock import ExchangeClock
from regime_framework.lean.history import history_length, past_of_lines
from regime_framework.lean.line import DailyLine, is_daily
from regime_framework.service import UNIVERSE

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, Security, SecurityChanges, Slice, Symbol, TradeBar

    from regime_framework.service import RegimeService

__all__ = ["DailyBarFeed"]

_FEEDS: WeakKeyDictionary[RegimeService, DailyBarFeed] = WeakKeyDictionary()


class DailyBarFeed:
    """Feeds one service; shared by every model that holds this service, whichever the engine calls first.

    Parameters
    ----------
    service : RegimeService
        Use :meth:`of` to share the feed.

    Notes
    -----
    While every symbol is subscribed to daily trades and nothing else, the models' bars are read from the slice at hand, at
    every slice. Otherwise each symbol has a consolidator, which costs a call from the engine a symbol and day, serves
    hours, minutes and quotes as well, and keeps the bars of a feed that was started by :meth:`start` until it is asked.
    What a security's data filter refuses comes by neither way; LEAN's history, which fills the first window, knows no
    such filter.

    Attributes
    ----------
    sequence : int
        Daily updates so far; moves on exactly when there is something new to read.
    as_of : datetime or None
        End of the last bar handed over, aware UTC.
    """

    def __init__(self, service: RegimeService) -> None:
        # Weak, or the registry would keep every service of the process alive.
        self._service: RegimeService = proxy(service)
        self._lines: dict[str, DailyLine] = {}
        self._removed: dict[str, Symbol] = {}
        self._clocks: dict[str, ExchangeClock] = {}
        self._waiting: dict[datetime, dict[str, float | PriceBar]] = {}
        self._inboxes: list[set[str]] = []
        self._next_closes: dict[str, datetime] = {}
        self._next_closes_at: datetime | None = None
        self._last_changes: object = None
        self._last_slice: object = None
        self._n_raw = 0
        self._from_slices = False
        self._n_subscriptions = 0
        configs = [service.config, *service.configs.values()]
        self._whole_bars = any(config.observation != "close" for config in configs)
        self._n_bars = history_length(configs)
        self.sequence = 0
        self.as_of: datetime | None = None

    @classmethod
    def of(cls, service: RegimeService) -> DailyBarFeed:
        """The feed of this service, made on first asking."""
        feed = _FEEDS.get(service)
        if feed is None:
            feed = _FEEDS[service] = cls(service)
        return feed

    @property
    def symbols(self) -> Mapping[str, Symbol]:
        """Symbols on the feed by row name, sorted."""
        return {key: self._lines[key].symbol for key in sorted(self._lines)}

    def symbol(self, key: str) -> Symbol | None:
        """LEAN's symbol for a row; None once it has left the universe."""
        line = self._lines.get(key)
        return None if line is None else line.symbol

    def close(self, key: str) -> float | None:
        """Last close of a row."""
        line = self._lines.get(key)
        return None if line is None or line.end is None else line.close

    def ticker(self, key: str) -> str:
        """The ticker a user knows the row by."""
        line = self._lines.get(key)
        return key if line is None else line.ticker

    def exchange(self, key: str) -> str:
        """Name of the exchange that a row trades on; rows of one exchange share their sessions."""
        line = self._lines.get(key)
        return "" if line is None else line.exchange

    def subscribe(self) -> set[str]:
        """A set that collects rows whose regime became known or changed, until its reader empties it."""
        inbox: set[str] = set()
        self._inboxes.append(inbox)
        return inbox

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Start and stop lines; the engine tells every model the same changes, only the first telling acts."""
        added = {str(security.symbol.id): security for security in changes.added_securities}
        removed = {str(security.symbol.id): security for security in changes.removed_securities}
        told = (algorithm.utc_time, tuple(added), tuple(removed))
        if told == self._last_changes:
            return
        self._last_changes = told
        # Models are asked at every slice, and so is their feed; whoever starts lines himself may ask when he likes.
        self._from_slices = self._from_slices or not self._lines
        for key in sorted(removed):
            self._stop(algorithm, key)
        self.start(algorithm, added)

    def refresh(self, algorithm: QCAlgorithm) -> int:
        """Hand over what has arrived since the last asking: the first asker in a time step does the work.

        Returns
        -------
        int
            :attr:`sequence`; compare with the one seen before.
        """
        if self._n_raw or self._from_slices:
            self._read_slice(algorithm)
        if self._removed and (self._waiting or not self._lines):
            self._look_for_returns(algorithm)
        for end in sorted(self._waiting):
            self._service.update(end, self._waiting.pop(end))
            self.sequence += 1
            self.as_of = end
            if self.sequence == 1:
                self._look_for_market(algorithm)
            changes = self._service.changes
            for inbox in self._inboxes:
                inbox.update(changes)
        return self.sequence

    def _look_for_market(self, algorithm: QCAlgorithm) -> None:
        market = self._service.market_symbol
        names = {name.upper() for line in self._lines.values() for name in (line.ticker, line.key)}
        if market is not None and market != UNIVERSE and market.upper() not in names:
            algorithm.debug(f"Regimes: the market {market} is not among the securities: it has no regime until it is added.")

    def next_close(self, key: str, now: datetime) -> datetime:
        """End of the first session of this row's exchange that ends after `now`, both aware UTC; one crossing an exchange."""
        if now != self._next_closes_at:
            self._next_closes, self._next_closes_at = {}, now
        line = self._lines[key]
        close = self._next_closes.get(line.exchange)
        if close is None:
            local = line.clock.local(now)
            close = self._next_closes[line.exchange] = line.clock.utc(line.hours.get_next_market_close(local, False))
        return close

    def start(self, algorithm: QCAlgorithm, securities: Mapping[str, Security]) -> None:
        """Feed securities by row name; those on the feed already are left alone."""
        lines = [self._line(key, securities[key]) for key in sorted(securities) if key not in self._lines]
        past = past_of_lines(algorithm, lines, self._n_bars)
        for line in lines:
            self._warm(line, *past.get(line.key, ([], None)))
        without = [line.ticker for line in lines if line.key not in past]
        if without:
            names = ", ".join(sorted(without)[:5]) + (f" and {len(without) - 5} more" if len(without) > 5 else "")
            algorithm.debug(f"Regimes: no history for {names}: known once {self._service.config.min_bars} daily bars have come.")
        if self._from_slices and not all(line.daily for line in lines):
            self._read_slice(algorithm)  # before the new lines join: their bars in it are no days
            self._from_slices = False
        for line in lines:
            self._lines[line.key] = line
            self._removed.pop(line.key, None)
        self._n_raw += sum(line.raw for line in lines)
        self._n_subscriptions = algorithm.subscription_manager.count
        if not self._from_slices:
            self._consolidate(algorithm)

    def _consolidate(self, algorithm: QCAlgorithm) -> None:
        for key in sorted(self._lines):
            line = self._lines[key]
            if line.consolidator is None:
                line.consolidator = algorithm.consolidate(line.symbol, Resolution.DAILY, self._receiver(line))

    def _line(self, key: str, security: Security) -> DailyLine:
        zone = str(security.exchange.time_zone)
        clock = self._clocks.get(zone)
        if clock is None:
            clock = self._clocks[zone] = ExchangeClock(zone)
        return DailyLine(key, security, clock)

    def _warm(self, line: DailyLine, ends: list[datetime], bars: FloatArray | None) -> None:
        # Users name their market and their configs by ticker; rows are named by LEAN's unique id.
        self._service.alias(line.ticker, line.key)
        if bars is None:
            self._service.add(line.key)
            return
        # The last bar goes the way of every bar, so that the regime is known at the first asking.
        self._service.add(line.key, bars[:-1], [line.clock.utc(end) for end in ends[:-1]])
        self._take_past(line, ends[-1], bars[-1].tolist())

    def _take_past(self, line: DailyLine, end: datetime, prices: float | list[float]) -> None:
        bar = PriceBar(*prices) if isinstance(prices, list) else prices
        line.end, line.close = end, bar.close if isinstance(bar, PriceBar) else bar
        self._wait(line, bar)

    def _wait(self, line: DailyLine, bar: float | PriceBar) -> None:
        if line.end is not None:
            self._waiting.setdefault(line.clock.utc(line.end), {})[line.key] = bar

    def _receiver(self, line: DailyLine) -> Callable[[TradeBar], None]:
        return lambda bar: self._receive(line, bar)

    def _receive(self, line: DailyLine, bar: TradeBar) -> None:
        if line.accept(bar):
            self._wait(line, PriceBar(bar.open, bar.high, bar.low, line.close) if self._whole_bars else line.close)

    def _stop(self, algorithm: QCAlgorithm, key: str) -> None:
        line = self._lines.pop(key, None)
        if line is None:
            return
        if line.consolidator is not None:
            algorithm.subscription_manager.remove_consolidator(line.symbol, line.consolidator)
        self._service.remove(key)
        self._n_raw -= line.raw
        self._removed[key] = line.symbol
        for bars in self._waiting.values():
            bars.pop(key, None)

    def _look_for_returns(self, algorithm: QCAlgorithm) -> None:
        """A removed symbol that is chosen again before it was sold returns without a word from the engine."""
        selected: set[str] = set()
        for universe in algorithm.universe_manager.values():
            selected.update(str(symbol.id) for symbol in universe.selected or ())
        for key in sorted(self._removed.keys() & selected):
            self.start(algorithm, {key: algorithm.securities[self._removed[key]]})
        # Once sold it leaves for good, and a return is announced like any addition.
        present = algorithm.active_securities if self._removed else {}
        self._removed = {key: symbol for key, symbol in self._removed.items() if symbol in present}

    def _read_slice(self, algorithm: QCAlgorithm) -> None:
        data = algorithm.current_slice
        if data is None or data.utc_time == self._last_slice:
            return
        self._last_slice = data.utc_time
        if self._n_raw:
            self._rescale(data)
        if self._from_slices and algorithm.subscription_manager.count != self._n_subscriptions:
            # A finer resolution may have joined, whose bars would be taken for days.
            self._n_subscriptions = algorithm.subscription_manager.count
            self._from_slices = all(is_daily(algorithm.securities[line.symbol]) for line in self._lines.values())
            if not self._from_slices:
                self._consolidate(algorithm)
                self._look_back(algorithm)
        if self._from_slices:
            self._take_bars(data)

    def _look_back(self, algorithm: QCAlgorithm) -> None:
        """Days that ended in this very slice, before there were consolidators."""
        for key, (ends, bars) in sorted(past_of_lines(algorithm, self._lines.values(), 2).items()):
            line = self._lines[key]
            for end, prices in zip(ends, bars.tolist(), strict=True):
                if line.end is None or end > line.end:
                    self._take_past(line, end, prices)

    def _take_bars(self, data: Slice) -> None:
        # The longest loop of a bar: most symbols share an end, and the clock is asked once for all of these.
        lines, whole = self._lines, self._whole_bars
        end = clock = None
        bucket: dict[str, float | PriceBar] = {}
        for bar in data.bars.values():
            key = str(bar.symbol.id)
            line = lines.get(key)
            if line is None or not line.accept(bar) or line.end is None:
                continue
            if line.end != end or line.clock is not clock:
                end, clock = line.end, line.clock
                bucket = self._waiting.setdefault(clock.utc(end), {})
            bucket[key] = PriceBar(bar.open, bar.high, bar.low, line.close) if whole else line.close

    def _rescale(self, data: Slice) -> None:
        for split in data.splits.values():
            line = self._lines.get(str(split.symbol.id))
            if line is not None and line.raw and split.type == SplitType.SPLIT_OCCURRED:
                factor = float(split.split_factor)
                self._service.split(line.key, factor)
                line.close *= factor
