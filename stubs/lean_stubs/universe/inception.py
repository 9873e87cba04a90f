"""Funds that join a universe when they begin to trade (LEAN: Algorithm.Framework/Selection, the classes of these names)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import to_date_time
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol
from lean_stubs.universe.models import CustomUniverseSelectionModel
from lean_stubs.universe.universe import Unchanged

__all__ = [
    "EnergyETFUniverse",
    "InceptionDateUniverseSelectionModel",
    "LiquidETFUniverse",
    "MetalsETFUniverse",
    "SP500SectorsETFUniverse",
    "TechnologyETFUniverse",
    "USTreasuriesETFUniverse",
    "VolatilityETFUniverse",
]

# Dates, each before the funds that began on it.
_ENERGY = """
    1998-12-22 XLE 2000-06-16 IYE 2004-09-29 VDE 2006-04-10 USO 2006-06-22 XES XOP 2007-04-18 UNG 2008-06-25 ICLN
    2008-11-06 ERX ERY 2008-11-25 SCO UCO 2009-06-02 AMJ 2010-06-02 BNO 2010-08-25 AMLP 2011-12-21 OIH 2012-02-08
    DGAZ UGAZ 2012-02-15 TAN
"""
_METALS = """
    2004-11-18 GLD 2005-01-28 IAU 2006-04-28 SLV 2006-05-22 GDX 2008-12-04 AGQ 2009-11-11 GDXJ 2010-01-08 PPLT
    2010-12-08 NUGT DUST 2011-10-17 USLV UGLD 2013-10-03 JNUG JDST
"""
_TECHNOLOGY = """
    1998-12-22 XLK 1999-03-10 QQQ 2001-07-13 SOXX IGV 2004-01-30 VGT 2006-04-25 QTEC 2006-06-23 FDN 2007-05-10 FXL
    2008-12-17 TECL TECS 2010-03-11 SOXL SOXS 2011-07-06 SKYY 2011-12-21 SMH 2013-08-01 KWEB 2013-10-24 FTEC
"""
_TREASURIES = """
    2002-07-26 IEF SHY TLT 2007-01-11 IEI SHV TLH 2007-12-10 EDV 2007-05-30 BIL SPTL 2008-05-01 TBT 2009-04-16 TMF
    TMV 2009-08-20 TBF 2009-11-23 VGSH VGIT 2009-11-24 VGLT 2010-08-06 SCHO SCHR 2011-12-01 SPTS 2012-02-24 GOVT
"""
_VOLATILITY = """
    2010-02-11 SQQQ TQQQ 2010-11-30 TVIX 2011-01-04 VIXY 2011-05-05 SPLV 2011-10-04 SVXY UVXY 2011-10-20 EEMV EFAV
    USMV
"""
_SECTORS = """
    1998-12-22 XLB XLE XLF XLI XLK XLP XLU XLV XLY
"""


def _dates(table: str) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    since = datetime.min
    for word in table.split():
        if word[0].isdigit():
            since = datetime.fromisoformat(word)
        else:
            found[word] = since
    return found


class InceptionDateUniverseSelectionModel(CustomUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Tickers from their dates on, in the sequence they are given in: one of a later date holds up those after it."""

    def __init__(self, name: str, tickers_by_date: Mapping[str, datetime]) -> None:
        self._begin(name)
        self._coming = deque((ticker, to_date_time(date)) for ticker, date in tickers_by_date.items())
        self._there: list[str] = []

    def select(self, algorithm: Any, date: datetime) -> Iterable[str]:
        known = len(self._there)
        while self._coming and self._coming[0][1] <= date:
            self._there.append(self._coming.popleft()[0])
        return list(self._there) if len(self._there) > known else Unchanged


class EnergyETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-energy-etf-basket", _dates(_ENERGY))


class MetalsETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-metals-etf-basket", _dates(_METALS))


class TechnologyETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-technology-etf-basket", _dates(_TECHNOLOGY))


class USTreasuriesETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-us-treasuries-etf-basket", _dates(_TREASURIES))


class VolatilityETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-volatility-etf-basket", _dates(_VOLATILITY))


class SP500SectorsETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    def __init__(self) -> None:
        super().__init__("qc-sp500-sectors-etf-basket", _dates(_SECTORS))


def _tickers(text: str) -> list[str]:
    return text.split()


class Grouping(ClrObject):
    """Funds of one kind, those that follow it and those that go against it; their symbols are those of the run's data."""

    def __init__(self, long_tickers: Iterable[str], inverse_tickers: Iterable[str]) -> None:
        self._follow, self._against = list(long_tickers), list(inverse_tickers)

    @property
    def long(self) -> list[Symbol]:
        return [Symbol.create(ticker, SecurityType.EQUITY, Market.USA) for ticker in self._follow]

    @property
    def inverse(self) -> list[Symbol]:
        return [Symbol.create(ticker, SecurityType.EQUITY, Market.USA) for ticker in self._against]

    @property
    def count(self) -> int:
        return len(self)

    def __len__(self) -> int:
        return len(self._follow) + len(self._against)

    def __iter__(self) -> Iterator[Symbol]:
        return iter(self.long + self.inverse)

    def __getitem__(self, index: int) -> Symbol:
        return (self.long + self.inverse)[index]

    def __contains__(self, symbol: object) -> bool:
        return symbol in self.long + self.inverse

    def contains(self, item: Symbol) -> bool:
        return item in self

    def __str__(self) -> str:
        if not len(self):
            return "No Symbols"
        parts = [(" Long: ", self._follow), (" Inverse: ", self._against)]
        return f"{len(self)} symbols:" + "".join(name + ",".join(tickers) for name, tickers in parts if tickers)


class LiquidETFUniverse(InceptionDateUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Often traded funds, each from the first day that the data know of it."""

    _pascal: ClassVar[dict[str, str]] = {"SP_500_SECTORS": "SP500Sectors"}

    ENERGY = Grouping(_tickers("VDE USO XES XOP UNG ICLN ERX UCO AMJ BNO AMLP UGAZ TAN"), _tickers("ERY SCO DGAZ"))
    METALS = Grouping(_tickers("GLD IAU SLV GDX AGQ PPLT NUGT USLV UGLD JNUG"), _tickers("DUST JDST"))
    TECHNOLOGY = Grouping(_tickers("QQQ IGV QTEC FDN FXL TECL SOXL SKYY KWEB"), _tickers("TECS SOXS"))
    TREASURIES = Grouping(_tickers("IEF SHY TLT IEI TLH BIL SPTL TMF SCHO SCHR SPTS GOVT"), _tickers("SHV TBT TBF TMV"))
    VOLATILITY = Grouping(_tickers("TVIX VIXY SPLV UVXY EEMV EFAV USMV"), _tickers("SVXY"))
    SP_500_SECTORS = Grouping(_tickers("XLB XLE XLF XLI XLK XLP XLU XLV XLY"), _tickers(""))

    def __init__(self) -> None:
        groups = (self.SP_500_SECTORS, self.ENERGY, self.METALS, self.TECHNOLOGY, self.TREASURIES, self.VOLATILITY)
        super().__init__("qc-liquid-etf-basket", {symbol.value: symbol.id.date for group in groups for symbol in group})
