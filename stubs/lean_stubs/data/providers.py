"""Doors to the data folder for algorithms that look into it themselves (LEAN: Globals, IDataProvider, IFactorFileProvider)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.common.enums import DataNormalizationMode
from lean_stubs.common.symbol import to_symbol
from lean_stubs.data.factor_file import FactorFile, FactorRow

__all__ = [
    "CorporateFactorProvider",
    "DefaultDataProvider",
    "Globals",
    "LocalDiskFactorFileProvider",
    "LocalDiskMapFileProvider",
]


class _DataFolder:
    """A static property: the folder of the run's data."""

    def __get__(self, instance: Any, owner: Any) -> str:
        from lean_stubs.engine.current import context

        folder: Path | None = context().data.folder
        if folder is None:
            raise NotOffered("Globals.data_folder", f"{context().data.label} is no folder")
        return str(folder)


class Globals(ClrObject, clr="QuantConnect"):
    """Settings of the engine."""

    data_folder = _DataFolder()


class DefaultDataProvider(ClrObject, clr="QuantConnect.Lean.Engine.DataFeeds"):
    """Opens files."""

    def fetch(self, key: str) -> BytesIO | None:
        """The file's content; None where there is no file."""
        path = Path(key)
        return BytesIO(path.read_bytes()) if path.is_file() else None


class LocalDiskMapFileProvider(ClrObject, clr="QuantConnect.Data.Auxiliary"):
    """Stands for the map files of the run's data, which the other providers read."""

    def initialize(self, data_provider: Any) -> None:
        self._data_provider = data_provider


class CorporateFactorProvider(ClrObject, clr="QuantConnect.Data.Auxiliary"):
    """Factors of an equity by day."""

    def __init__(self, permtick: str, _factors: FactorFile) -> None:
        self._permtick, self._factors = permtick, _factors
        day = _factors.minimum_day
        self._minimum = None if day is None else to_date_time(day)

    @property
    def permtick(self) -> str:
        return self._permtick

    @property
    def factor_file_minimum_date(self) -> datetime | None:
        return self._minimum

    @factor_file_minimum_date.setter
    def factor_file_minimum_date(self, value: datetime | None) -> None:
        self._minimum = value

    def __iter__(self) -> Iterator[FactorRow]:
        return iter(self._factors.rows)

    def get_price_factor(
        self,
        search_date: Any,
        data_normalization_mode: Any,
        data_mapping_mode: Any = None,
        contract_offset: int = 0,
    ) -> float:
        """What raw prices of the day are multiplied by."""
        mode = to_enum(DataNormalizationMode, data_normalization_mode)
        return float(self._factors.factor(to_date_time(search_date).date(), mode))


class LocalDiskFactorFileProvider(ClrObject, clr="QuantConnect.Data.Auxiliary"):
    """Factor files of the run's data."""

    def initialize(self, map_file_provider: Any, data_provider: Any) -> None:
        self._map_file_provider, self._data_provider = map_file_provider, data_provider

    def get(self, symbol: Any) -> CorporateFactorProvider:
        """Factors of a symbol; without a file all of them are 1."""
        from lean_stubs.engine.current import context

        wanted, data = to_symbol(symbol), context().data
        maps = data.map_file_by_id(wanted)
        ticker = wanted.value if maps is None else maps.permanent_ticker
        found = data.factor_file(ticker, wanted.id.market)
        return CorporateFactorProvider(ticker, FactorFile([]) if found is None else found)
