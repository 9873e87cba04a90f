"""The data source that a name on the command line means."""

from __future__ import annotations

from pathlib import Path

from lean_stubs.data.index_data import IndexData
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.data.source import DataSource

__all__ = ["open_data"]


def open_data(name: str | Path | DataSource) -> DataSource:
    """The embedded data for "index", else a folder in LEAN's format; a source is given back.

    Raises
    ------
    DataProblem
        No such folder, or no LEAN data in it.
    """
    if isinstance(name, DataSource):
        return name
    return IndexData() if str(name) == "index" else LeanFolder(name)
