"""Small stand-ins for what the feed touches, so that its rules can be tested bar by bar and its crossings counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace

import pandas as pd
from AlgorithmImports import DataNormalizationMode, Resolution, SplitType, TickType

from regime_framework import RegimeConfig

NEW_YORK_CLOSE = timedelta(hours=16)


class Symbol:
    def __init__(self, ticker: str) -> None:
        self.value = ticker
        self.id = _Id(f"{ticker} R735QTJ8XC9X")


class _Id:
    def __init__(self, text: str) -> None:
        self.text, self.market = text, "usa"

    def __str__(self) -> str:
        return self.text


class Security:
    """A security; by default with hours, which the feed has to gather into days."""

    def __init__(
        self,
        ticker: str,
        *,
        mode: object = DataNormalizationMode.ADJUSTED,
        zone: str = "America/New_York",
        resolution: object = Resolution.HOUR,
        tick_type: object = TickType.TRADE,
    ) -> None:
        self.symbol = Symbol(ticker)
        self.data_normalization_mode = mode
        self.type = "Equity"
        self.exchange = SimpleNamespace(time_zone=zone, hours=None)
        self.subscriptions = [subscription(resolution, tick_type)]


def subscription(resolution: object, tick_type: object = TickType.TRADE, *, internal: bool = False) -> SimpleNamespace:
    return SimpleNamespace(resolution=resolution, tick_type=tick_type, is_custom_data=False, is_internal_feed=internal)


class Bar:
    """A bar that counts how often it is read; every read is a crossing into the engine."""

    def __init__(
        self, end: datetime, close: float, *, reads: Counter | None = None, volume: float = 1000.0, filled: bool = False
    ) -> None:
        self._values = {
            "end_time": end,
            "open": close * 0.99,
            "high": close * 1.01,
            "low": close * 0.98,
            "close": close,
            "volume": volume,
            "is_fill_forward": filled,
        }
        if not volume:
            self._values |= {"open": close, "high": close, "low": close}
        self._reads = Counter() if reads is None else reads

    def __getattr__(self, name: str) -> object:
        try:
            value = self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None
        self._reads[name] += 1
        return value


class Service:
    """Writes down what the feed hands over."""

    def __init__(self, *, market: str | None = "SPY", **config: object) -> None:
        self.config, self.configs, self.market_symbol = RegimeConfig(**{"lookback": 30, **config}), {}, market
        self.calls: list[tuple] = []
        self.changes: tuple[str, ...] = ()

    def alias(self, name: str, symbol: str) -> None:
        self.calls.append(("alias", name, symbol))

    def add(self, symbol: str, bars: object = (), times: object = ()) -> None:
        self.calls.append(("add", symbol, len(bars), times[-1] if len(times) else None))

    def remove(self, symbol: str) -> None:
        self.calls.append(("remove", symbol))

    def split(self, symbol: str, factor: float) -> None:
        self.calls.append(("split", symbol, factor))

    def update(self, now: datetime, bars: dict) -> None:
        self.calls.append(("update", now, dict(bars)))
        self.changes = tuple(sorted(bars))

    def of(self, name: str) -> list[tuple]:
        return [call[1:] for call in self.calls if call[0] == name]


class Algorithm:
    """The few members of QCAlgorithm that the feed uses."""

    def __init__(self, now: datetime, closes: dict[str, list[tuple[datetime, float]]] | None = None) -> None:
        self.utc_time = now
        self.past = closes or {}
        self.said: list[str] = []
        self.requests: list[tuple[list[str], int, dict]] = []
        self.handlers: dict[str, object] = {}
        self.removed: list[object] = []
        self.subscription_manager = SimpleNamespace(
            count=1, remove_consolidator=lambda symbol, consolidator: self.removed.append(consolidator)
        )
        self.universe_manager: dict[str, object] = {}
        self.active_securities: dict[Symbol, Security] = {}
        self.securities: dict[Symbol, Security] = {}
        self.current_slice = None

    def history(self, symbols: list[Symbol], periods: int, resolution: object, **options: object) -> pd.DataFrame:
        self.requests.append(([symbol.value for symbol in symbols], periods, options))
        rows, index = [], []
        for symbol in symbols:
            for end, close in self.past.get(symbol.value, [])[-periods:]:
                rows.append((close, close * 1.01, close * 0.98, close * 0.99, 1000.0))
                index.append((symbol, end))
        if not rows:
            return pd.DataFrame()
        names = pd.MultiIndex.from_tuples(index, names=["symbol", "time"])
        return pd.DataFrame(rows, index=names, columns=["close", "high", "low", "open", "volume"])

    def debug(self, text: str) -> None:
        self.said.append(text)

    def consolidate(self, symbol: Symbol, resolution: object, handler: object) -> object:
        self.handlers[symbol.value] = handler
        return f"consolidator of {symbol.value}"


def changes(*added: Security, removed: tuple[Security, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(added_securities=list(added), removed_securities=list(removed))


def split_slice(utc: datetime, security: Security, factor: float, kind: object = SplitType.SPLIT_OCCURRED) -> SimpleNamespace:
    split = SimpleNamespace(symbol=security.symbol, split_factor=factor, type=kind)
    return SimpleNamespace(utc_time=utc, splits={security.symbol: split}, bars={})


def daily_slice(utc: datetime, bars: dict[Security, Bar]) -> SimpleNamespace:
    for security, bar in bars.items():
        bar._values["symbol"] = security.symbol
    return SimpleNamespace(utc_time=utc, splits={}, bars={security.symbol: bar for security, bar in bars.items()})
