"""LEAN's own data folder (equities: daily and hour files whole, minute and second files by day)."""

from __future__ import annotations

import os
import zipfile
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.data.factor_file import FactorFile
from lean_stubs.data.map_file import STILL_TRADED, MapFile
from lean_stubs.data.source import DataProblem, DataSource, RawBars, RawQuotes
from lean_stubs.data.tick_file import TickRow, read_zip
from lean_stubs.time.market_hours_database import MarketHoursDatabase
from lean_stubs.time.nyse_calendar import nyse_database

__all__ = ["LeanFolder"]

_CACHED_FILES = 1200


class LeanFolder(DataSource):
    """A folder with equity/, market-hours/ and so on inside."""

    has_ticks = True

    def __init__(self, path: Path | str) -> None:
        self.path = self.folder = Path(path)
        self.label = self.path.name or str(self.path)
        if not self.path.is_dir():
            raise DataProblem(f"data folder not found: {self.path}")
        if not (self.path / "equity").is_dir():
            raise DataProblem(f"no LEAN data in {self.path}: it has no folder equity/")
        self._hours: MarketHoursDatabase | None = None
        self._files: OrderedDict[Path, RawBars | None] = OrderedDict()
        self._quotes: OrderedDict[Path, RawQuotes | None] = OrderedDict()
        self._maps: dict[tuple[str, str], MapFile | None] = {}
        self._factors: dict[tuple[str, str], FactorFile | None] = {}
        self._listings: dict[tuple[str, str, str], frozenset[str]] = {}
        self._all_maps: dict[str, dict[tuple[str, date], MapFile]] = {}
        self._tickers: dict[str, dict[str, list[tuple[date, MapFile]]]] = {}

    def hours(self) -> MarketHoursDatabase:
        if self._hours is None:
            file = self.path / "market-hours" / "market-hours-database.json"
            self._hours = MarketHoursDatabase._read(file) if file.exists() else nyse_database()
        return self._hours

    def security_definitions(self) -> list[list[str]]:
        rows = _table(self.path / "symbol-properties" / "security-database.csv") or []
        return [list(row) for row in rows if not row[0].startswith("#")]

    def symbol_properties(self) -> list[list[str]]:
        rows = _table(self.path / "symbol-properties" / "symbol-properties-database.csv") or []
        return [list(row) for row in rows[1:] if len(row) > 7 and not row[0].startswith("#")]

    def _room(self, market: str) -> Path:
        return self.path / "equity" / market.lower()

    def knows(self, ticker: str, market: str) -> bool:
        room, name = self._room(market), ticker.lower()
        if (room / "map_files" / f"{name}.csv").exists():
            return True
        return any((room / kind / name).exists() or (room / kind / f"{name}.zip").exists() for kind in (*_FOLDERS.values(), _TICKS))

    def tickers(self) -> list[str]:
        found = {file.stem.upper() for kind in ("daily", "hour") for file in (self.path / "equity").glob(f"*/{kind}/*.zip")}
        return sorted(found)

    def map_file(self, ticker: str, market: str) -> MapFile | None:
        key = (ticker.lower(), market.lower())
        if key not in self._maps:
            file = self._room(market) / "map_files" / f"{key[0]}.csv"
            found = MapFile.parse(file.read_text(encoding="utf-8"), key[0]) if file.exists() else None
            self._maps[key] = found if found is not None and found.rows else None
        return self._maps[key]

    def map_file_by_id(self, symbol: Any) -> MapFile | None:
        market = symbol.id.market
        own = self.map_file(symbol.value, market)
        wanted = (symbol.id.symbol.upper(), symbol.id.date.date())
        if own is not None and (own.first_ticker, own.first_day) == wanted:
            return own
        return self._every_map(market).get(wanted)

    def _every_map(self, market: str) -> dict[tuple[str, date], MapFile]:
        """All map files by first ticker and day."""
        if market not in self._all_maps:
            files = sorted((self._room(market) / "map_files").glob("*.csv"))
            loaded = [self.map_file(file.stem, market) for file in files]
            self._all_maps[market] = {(m.first_ticker, m.first_day): m for m in loaded if m is not None}
        return self._all_maps[market]

    def _ticker_rows(self, market: str) -> dict[str, list[tuple[date, MapFile]]]:
        """Last day and file of each time that a ticker was in use, in order."""
        if market not in self._tickers:
            found = self._tickers[market] = {}
            rows = [(row.day, row.ticker, m) for m in self._every_map(market).values() for row in m.rows]
            for day, ticker, m in sorted(rows, key=lambda row: row[0]):
                found.setdefault(ticker, []).append((day, m))
        return self._tickers[market]

    def map_file_on(self, ticker: str, market: str, day: date | None) -> MapFile | None:
        """The file that holds the ticker's first row on or after the day, else its last row (LEAN: MapFileResolver)."""
        own, name = self.map_file(ticker, market), ticker.upper()
        if day is None and own is not None and own.rows[-1].day == STILL_TRADED and own.rows[-1].ticker == name:
            return own
        rows = self._ticker_rows(market).get(name, [])
        chosen = next((m for at, m in rows if day is not None and at >= day), rows[-1][1] if rows else own)
        return None if chosen is None or (day is not None and chosen.first_day > day) else chosen

    def factor_file(self, ticker: str, market: str) -> FactorFile | None:
        key = (ticker.lower(), market.lower())
        if key not in self._factors:
            file = self._room(market) / "factor_files" / f"{key[0]}.csv"
            self._factors[key] = FactorFile.parse(file.read_text(encoding="utf-8")) if file.exists() else None
        return self._factors[key]

    def shortable(self, brokerage: str, ticker: str, market: str) -> str | None:
        file = self._room(market) / "shortable" / brokerage / "symbols" / f"{ticker.lower()}.csv"
        return file.read_text(encoding="utf-8") if file.exists() else None

    def raw_bars(self, ticker: str, market: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        folder = _FOLDERS.get(int(resolution))
        if folder is None:
            return None
        name, room = ticker.lower(), self._room(market)
        if int(resolution) >= 3:
            whole = self._file(room / folder / f"{name}.zip", None)
            return None if whole is None else _between(whole, first, last)
        merged: RawBars | None = None
        day = first
        there = self._day_files(market, folder, name)
        while day <= last:
            file = f"{day:%Y%m%d}_trade.zip"
            part = self._file(room / folder / name / file, day) if file in there else None
            if part is not None:
                if merged is None:
                    merged = RawBars()
                for field in ("starts", "opens", "highs", "lows", "closes", "volumes"):
                    getattr(merged, field).extend(getattr(part, field))
            day += timedelta(days=1)
        return merged

    def raw_quotes(self, ticker: str, market: str, resolution: Resolution, day: date) -> RawQuotes | None:
        folder, name, file = _FOLDERS[int(resolution)], ticker.lower(), f"{day:%Y%m%d}_quote.zip"
        if file not in self._day_files(market, folder, name):
            return None
        path = self._room(market) / folder / name / file
        if path not in self._quotes:
            self._quotes[path] = _read_quotes(path, day)
            if len(self._quotes) > _CACHED_FILES:
                self._quotes.popitem(last=False)
        return self._quotes[path]

    def raw_ticks(self, ticker: str, market: str, kind: TickType, day: date) -> Iterator[TickRow] | None:
        name, file = ticker.lower(), f"{day:%Y%m%d}_{'quote' if kind is TickType.QUOTE else 'trade'}.zip"
        if file not in self._day_files(market, _TICKS, name):
            return None
        return read_zip(self._room(market) / _TICKS / name / file, kind)

    def _day_files(self, market: str, folder: str, name: str) -> frozenset[str]:
        """Files of a ticker that has one a day; years without data are passed without looking for each."""
        key = (market, folder, name)
        if key not in self._listings:
            room = self._room(market) / folder / name
            self._listings[key] = frozenset(os.listdir(room)) if room.is_dir() else frozenset()
        return self._listings[key]

    def coarse_rows(self, day: date, market: str) -> list[tuple[str, ...]] | None:
        return _table(self._room(market) / "fundamental" / "coarse" / f"{day:%Y%m%d}.csv")

    def fund_rows(self, ticker: str, day: date, market: str) -> list[tuple[str, ...]] | None:
        return _table(self._room(market) / "universes" / "etf" / ticker.lower() / f"{day:%Y%m%d}.csv")

    def constituent_rows(self, name: str, day: date, market: str) -> list[tuple[str, ...]] | None:
        return _table(self._room(market) / "universes" / "daily" / name.lower() / f"{day:%Y%m%d}.csv")

    def _file(self, path: Path, day: date | None) -> RawBars | None:
        if path in self._files:
            self._files.move_to_end(path)
            return self._files[path]
        found = _read(path, day) if path.exists() else None
        self._files[path] = found
        if len(self._files) > _CACHED_FILES:
            self._files.popitem(last=False)
        return found


_TICKS = "tick"
_FOLDERS = {1: "second", 2: "minute", 3: "hour", 4: "daily"}


@lru_cache(maxsize=8)
def _table(path: Path) -> list[tuple[str, ...]] | None:
    """Fields of a plain CSV file; None where there is none."""
    if not path.is_file():
        return None
    return [tuple(line.split(",")) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _between(bars: RawBars, first: date, last: date) -> RawBars:
    low = bisect_left(bars.starts, datetime.combine(first, time()))
    high = bisect_right(bars.starts, datetime.combine(last, time.max))
    if low == 0 and high == len(bars.starts):
        return bars
    cut = slice(low, high)
    return RawBars(bars.starts[cut], bars.opens[cut], bars.highs[cut], bars.lows[cut], bars.closes[cut], bars.volumes[cut])


def _text(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(archive.namelist()[0]).decode("ascii")
    except (OSError, zipfile.BadZipFile, IndexError, UnicodeDecodeError) as error:
        raise DataProblem(f"cannot read {path}: {error}") from error


def _side(fields: list[str]) -> tuple[int, int, int, int]:
    first, high, low, last = (int(field or 0) for field in fields)
    return first, high, low, last


def _read_quotes(path: Path, day: date) -> RawQuotes:
    """Parse one zip of a day: milliseconds, then open, high, low, close and size of bid and of ask; a side may be empty."""
    quotes = RawQuotes()
    midnight = datetime.combine(day, time())
    try:
        for line in _text(path).split():
            parts = line.split(",")
            quotes.starts.append(midnight + timedelta(milliseconds=int(parts[0])))
            quotes.bids.append(_side(parts[1:5]))
            quotes.bid_sizes.append(float(parts[5] or 0))
            quotes.asks.append(_side(parts[6:10]))
            quotes.ask_sizes.append(float(parts[10] or 0))
    except (ValueError, IndexError) as error:
        raise DataProblem(f"{path} is not in LEAN's format: {error}") from error
    return quotes


def _read(path: Path, day: date | None) -> RawBars:
    """Parse one zip: times are "yyyyMMdd HH:mm", or milliseconds after midnight in a file of one day."""
    text = _text(path)
    bars = RawBars()
    midnight = None if day is None else datetime.combine(day, time())
    try:
        for line in text.split():
            # "yyyyMMdd HH:mm,..." is two words: the first of them waits for the second.
            if midnight is None and len(line) == 8 and line.isdigit():
                stamp = line
                continue
            parts = line.split(",")
            if midnight is not None:
                bars.starts.append(midnight + timedelta(milliseconds=int(parts[0])))
            else:
                bars.starts.append(
                    datetime(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]), int(parts[0][:2]), int(parts[0][3:5]))
                )
            bars.opens.append(int(parts[1]))
            bars.highs.append(int(parts[2]))
            bars.lows.append(int(parts[3]))
            bars.closes.append(int(parts[4]))
            bars.volumes.append(int(float(parts[5])))
    except (ValueError, IndexError, UnboundLocalError) as error:
        raise DataProblem(f"{path} is not in LEAN's format: {error}") from error
    return bars
