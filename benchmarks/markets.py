"""Real daily bars: the indices that arch ships, and LEAN's own files where they lie beside the repository."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.worlds import Floats

__all__ = ["Market", "arch_markets", "lean_markets"]

LEAN_DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "lean-data"
_ARCH: Final = {"S&P 500": "sp500/sp500.csv.gz", "NASDAQ": "nasdaq/nasdaq.csv.gz"}
# Without QQQ, whose file lacks the years as QQQQ, and EEM, whose file begins with another company's.
_LEAN: Final = ("spy", "iwm", "aapl", "bac")
_PRICE_SCALE: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Market:
    """Daily bars (T, 4) of one market with its first and last year."""

    name: str
    bars: Floats
    first_year: int
    last_year: int

    @property
    def label(self) -> str:
        return f"{self.name} {self.first_year}-{self.last_year}"


def arch_markets() -> Iterator[Market]:
    """S&P 500 and NASDAQ 1999-2018, read from arch's files (importing arch takes seconds)."""
    spec = importlib.util.find_spec("arch")
    if spec is None or not spec.submodule_search_locations:
        return
    folder = Path(spec.submodule_search_locations[0]) / "data"
    for name, file in _ARCH.items():
        with gzip.open(folder / file, "rt", encoding="utf-8") as text:
            rows = list(csv.DictReader(text))
        bars = np.array([[float(row[column]) for column in ("Open", "High", "Low", "Close")] for row in rows])
        yield Market(name, _sane(bars), _year(rows[0]["Date"]), _year(rows[-1]["Date"]))


def lean_markets(folder: Path = LEAN_DATA) -> Iterator[Market]:
    """LEAN's sample equities, adjusted by their factor files; nothing where the folder is absent."""
    for ticker in _LEAN:
        file = folder / "equity" / "usa" / "daily" / f"{ticker}.zip"
        if not file.exists():
            continue
        with zipfile.ZipFile(file) as archive:
            rows = list(csv.reader(io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")))
        dates = np.array([int(row[0][:8]) for row in rows])
        bars = np.array([[float(cell) for cell in row[1:5]] for row in rows]) / _PRICE_SCALE
        factors = np.loadtxt(folder / "equity" / "usa" / "factor_files" / f"{ticker}.csv", delimiter=",", ndmin=2)
        # A row of the factor file holds up to and including its date.
        row = np.minimum(np.searchsorted(factors[:, 0], dates), len(factors) - 1)
        bars *= (factors[row, 1] * factors[row, 2])[:, None]
        yield Market(ticker.upper(), _sane(bars), int(dates[0]) // 10_000, int(dates[-1]) // 10_000)


def _year(date: str) -> int:
    """Year of "1999-01-04" or "1/4/1999": arch's files have both."""
    return max(int(part) for part in date.replace("-", "/").split("/"))


def _sane(bars: Floats) -> Floats:
    """Bars whose high and low enclose open and close; a vendor's rounding is taken in, nothing is dropped."""
    bars = bars[(bars > 0.0).all(axis=1)].copy()
    bars[:, 1] = bars.max(axis=1)
    bars[:, 2] = bars.min(axis=1)
    return bars
