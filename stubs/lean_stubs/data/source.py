"""Where a run's data comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.data.factor_file import FactorFile
from lean_stubs.data.map_file import MapFile
from lean_stubs.time.market_hours_database import MarketHoursDatabase

if TYPE_CHECKING:
    from lean_stubs.data.tick_file import TickRow

__all__ = ["DataProblem", "DataSource", "RawBars", "RawQuotes"]


class DataProblem(Exception):
    """Bad input of a run, in one clear line."""


@dataclass
class RawBars:
    """Unadjusted bars in the exchange's clock, ascending.

    Attributes
    ----------
    starts
        Start of each bar; a daily bar starts at midnight.
    opens, highs, lows, closes
        Prices in ten-thousandths.
    volumes
        Shares.
    """

    starts: list[datetime] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    volumes: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)


@dataclass
class RawQuotes:
    """Unadjusted quotes in the exchange's clock, ascending.

    Attributes
    ----------
    starts
        Start of each bar.
    bids, asks
        Open, high, low and close in ten-thousandths; all zero where a side has no quote.
    bid_sizes, ask_sizes
        Shares.
    """

    starts: list[datetime] = field(default_factory=list)
    bids: list[tuple[int, int, int, int]] = field(default_factory=list)
    bid_sizes: list[float] = field(default_factory=list)
    asks: list[tuple[int, int, int, int]] = field(default_factory=list)
    ask_sizes: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)


class DataSource:
    """Base of all sources; a source overrides what it has."""

    #: Short name for the screen and for results.
    label = "data"

    #: Bars from which the benchmark is priced: hours in LEAN; sources without them say daily.
    benchmark_resolution = Resolution.HOUR

    #: Whether a ticker without data stops the run; in LEAN it has no bars, and nothing is said.
    unknown_ticker_stops = True

    #: Whether there are ticks of anything.
    has_ticks = False

    #: Values of company reports that the user gives, by company and property (``given_reports``).
    company_reports: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

    #: Where the data lie, if they are files in LEAN's format.
    folder: Path | None = None

    def notice(self) -> str | None:
        """A line to show before the run, if the user must know something about the data."""
        return None

    def hours(self) -> MarketHoursDatabase:
        """Market hours of everything served."""
        raise NotImplementedError

    def knows(self, ticker: str, market: str) -> bool:
        """Whether there is anything about the ticker: used for the error that names an unknown one."""
        raise NotImplementedError

    def tickers(self) -> list[str]:
        """Some of the tickers served, for that error."""
        return []

    def raw_bars(self, ticker: str, market: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        """Bars that start from `first` to `last`, both included (more is allowed); None without a file.

        The ticker is the one in use on those dates.
        """
        raise NotImplementedError

    def raw_quotes(self, ticker: str, market: str, resolution: Resolution, day: date) -> RawQuotes | None:
        """Minute or second quotes of a day; None without a file."""
        return None

    def raw_ticks(self, ticker: str, market: str, kind: TickType, day: date) -> Iterator[TickRow] | None:
        """Trades or quotes of a day, one by one; None without a file."""
        return None

    def shortable(self, brokerage: str, ticker: str, market: str) -> str | None:
        """Text of a broker's file of shares that can be borrowed; None without a file."""
        return None

    def security_definitions(self) -> list[list[str]]:
        """Rows of industry identifiers: id, CUSIP, composite FIGI, SEDOL, ISIN, CIK."""
        return []

    def symbol_properties(self) -> list[list[str]]:
        """Rows of LEAN's file: market, ticker, security type, description, currency, multiplier, price step, lot and so on."""
        return []

    def map_file(self, ticker: str, market: str) -> MapFile | None:
        """Renames of the security that has the (current) ticker; None without a file."""
        return None

    def map_file_on(self, ticker: str, market: str, day: date | None) -> MapFile | None:
        """Renames of the security that had the ticker on a day; None for today."""
        return self.map_file(ticker, market)

    def factor_file(self, ticker: str, market: str) -> FactorFile | None:
        """Adjustment factors of the security that has the (current) ticker; None without a file."""
        return None

    def map_file_by_id(self, symbol: Any) -> MapFile | None:
        """Map file of a Symbol: the one whose first ticker and date are the id's."""
        return None

    def reports_of(self, symbol: Any) -> Mapping[str, Any]:
        """What is given of a company; empty where nothing is."""
        given = self.company_reports
        if not given:
            return given
        sid = symbol.id
        every, own = given.get("*", {}), (given.get(sid.symbol), given.get(str(sid)))
        return {**every, **(own[0] or {}), **(own[1] or {})} if any(own) else every

    def coarse_rows(self, day: date, market: str) -> list[tuple[str, ...]] | None:
        """All companies of a day: id, ticker, close, volume, dollar volume and so on; None without a file."""
        return None

    def fund_rows(self, ticker: str, day: date, market: str) -> list[tuple[str, ...]] | None:
        """What a fund held on a day: ticker, id, last update, weight, shares, value; None without a file."""
        return None

    def constituent_rows(self, name: str, day: date, market: str) -> list[tuple[str, ...]] | None:
        """Members of a named universe on a day: ticker, id; None without a file."""
        return None
