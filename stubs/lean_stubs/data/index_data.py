"""Real index data for everyone: the S&P 500 and NASDAQ that the package arch ships, served as SPY and QQQ.

The files are read from arch's folder without importing arch, whose import is slow.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
from datetime import date, datetime
from pathlib import Path

from lean_stubs.common.enums import Resolution
from lean_stubs.data.map_file import STILL_TRADED, MapFile, MapRow
from lean_stubs.data.source import DataProblem, DataSource, RawBars
from lean_stubs.time.market_hours_database import MarketHoursDatabase
from lean_stubs.time.nyse_calendar import nyse_database

__all__ = ["IndexData"]

_FILES = {"SPY": ("sp500", "S&P 500"), "QQQ": ("nasdaq", "NASDAQ")}
_LISTED = date(1998, 1, 2)


def _day(text: str) -> datetime:
    """A date written month/day/year."""
    month, day, year = text.split("/")
    return datetime(int(year), int(month), int(day))


def _folder() -> Path:
    spec = importlib.util.find_spec("arch")
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        if (Path(place) / "data").is_dir():
            return Path(place) / "data"
    raise DataProblem("index data needs the package arch, which ships it: pip install arch")


class IndexData(DataSource):
    """Daily bars of 1999 to 2018: levels of the indices as if they were dollars, without dividends."""

    label = "index"
    benchmark_resolution = Resolution.DAILY

    def __init__(self) -> None:
        self._path = _folder()
        self._database = nyse_database()
        self._bars: dict[str, RawBars] = {}

    def notice(self) -> str:
        return "SPY and QQQ here are the S&P 500 and NASDAQ indices shipped with arch (daily, 1999-2018, without dividends)."

    def hours(self) -> MarketHoursDatabase:
        return self._database

    def knows(self, ticker: str, market: str) -> bool:
        return ticker.upper() in _FILES

    def tickers(self) -> list[str]:
        return list(_FILES)

    def _load(self, ticker: str) -> RawBars:
        if ticker not in self._bars:
            name = _FILES[ticker][0]
            try:
                with gzip.open(self._path / name / f"{name}.csv.gz", "rt", newline="") as file:
                    head, *rows = csv.reader(file)
                columns = dict(zip(head, zip(*rows, strict=True), strict=True))
                days = [_day(text) for text in columns["Date"]]
                opens, highs, lows, closes = (
                    [round(float(text) * 10000) for text in columns[price]] for price in ("Open", "High", "Low", "Close")
                )
                bars = RawBars(days, opens, highs, lows, closes, [int(float(text)) for text in columns["Volume"]])
            except (OSError, KeyError, ValueError) as error:
                raise DataProblem(f"cannot read arch's {name} data: {error}") from error
            self._bars[ticker] = bars
        return self._bars[ticker]

    def raw_bars(self, ticker: str, market: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        if resolution != Resolution.DAILY or ticker.upper() not in _FILES:
            return None
        return self._load(ticker.upper())

    def map_file(self, ticker: str, market: str) -> MapFile | None:
        if ticker.upper() not in _FILES:
            return None
        return MapFile([MapRow(_LISTED, ticker.upper()), MapRow(STILL_TRADED, ticker.upper())])
