"""Industry identifiers of securities (LEAN: SecurityDefinition.cs, SecurityDefinitionSymbolResolver.cs)."""

from __future__ import annotations

from datetime import date
from typing import Any

from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol

__all__ = ["IDENTIFIERS", "identifier_of", "symbols_of"]

#: In the order of the file's columns, after the id.
IDENTIFIERS = ("cusip", "composite_figi", "sedol", "isin", "cik")


def _rows() -> list[list[str]]:
    from lean_stubs.engine.current import context

    found: list[list[str]] = context().data.security_definitions()
    return found


def identifier_of(symbol: Symbol, kind: str) -> Any:
    """An identifier of a symbol; None where the database has none."""
    name, column = str(symbol.id), IDENTIFIERS.index(kind) + 1
    row = next((row for row in _rows() if row[0] == name), [])
    text = row[column].strip() if column < len(row) else ""
    return (int(text) if kind == "cik" else text) if text else None


def symbols_of(value: Any, kind: str, day: date) -> list[Symbol]:
    """Symbols with an identifier, under their tickers of the day."""
    from lean_stubs.engine.current import context

    column, wanted = IDENTIFIERS.index(kind) + 1, str(value).upper()
    found = []
    for row in _rows():
        if column < len(row) and row[column].strip().upper() == wanted:
            sid = SecurityIdentifier.parse(row[0])
            maps = context().data.map_file_by_id(Symbol(sid, sid.symbol))
            if maps is not None:
                found.append(Symbol(sid, maps.ticker_on(day) or maps.rows[-1].ticker))
    return found
