"""Frames with Symbols in their index that are asked with tickers (LEAN: Common/PandasMapper.py).

LEAN patches pandas for this, so these stubs must too; they do the least: five look-ups, each of which first does what pandas
does, and only when that fails asks again with the Symbol of a ticker that the running algorithm knows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pandas as pd

from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache

__all__ = ["install"]

_installed = False


def _mapped(key: Any) -> Any:
    """The key with tickers as Symbols and Symbols as they are."""
    if isinstance(key, str):
        found = SymbolCache._find(key)
        return key if found is None else found
    if isinstance(key, tuple):
        return tuple(_mapped(item) for item in key)
    if type(key) is list:
        return [_mapped(item) for item in key]
    return key


def _unmapped(key: Any) -> Any:
    """The key with Symbols as tickers: for frames that users index with texts."""
    if isinstance(key, Symbol):
        return str(key)
    if isinstance(key, tuple):
        return tuple(_unmapped(item) for item in key)
    if type(key) is list:
        return [_unmapped(item) for item in key]
    return key


def _names(key: Any) -> bool:
    """Whether a ticker or Symbol is in the key."""
    if isinstance(key, (str, Symbol)):
        return True
    return isinstance(key, (tuple, list)) and len(key) < 64 and any(isinstance(item, (str, Symbol)) for item in key)


def _other_spellings(key: Any) -> list[Any]:
    if isinstance(key, str):  # most often an attribute's name: pandas asks the columns for it first
        found = SymbolCache._find(key)
        return [] if found is None else [found]
    if not _names(key):
        return []
    return [other for other in (_mapped(key), _unmapped(key)) if other is not key and type(other) is not type(NotImplemented)]


def _look_up(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def look_up(self: Any, key: Any, *rest: Any, **named: Any) -> Any:
        try:
            return original(self, key, *rest, **named)
        except (KeyError, TypeError) as error:
            if not _names(key):
                raise
            first = error
        for other in _other_spellings(key):
            try:
                return original(self, other, *rest, **named)
            except (KeyError, TypeError):
                continue
        if not isinstance(first, KeyError):
            raise first
        asked = key if isinstance(key, (list, tuple)) else [key]
        texts = [str(item) for item in asked if isinstance(item, (str, Symbol))]
        raise KeyError(
            f"No key found for either mapped or original key. Mapped Key: {[str(_mapped(t)) for t in texts]}; Original Key: {texts}"
        )

    return look_up


def _contains(original: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(original)
    def contains(self: Any, key: Any) -> bool:
        if original(self, key):
            return True
        return any(original(self, other) for other in _other_spellings(key))

    return contains


def install() -> None:
    """Once a process, at the start of the first run."""
    global _installed
    if _installed:
        return
    _installed = True
    location: Any = type(pd.DataFrame().loc).__mro__[1]
    scalar: Any = type(pd.DataFrame().at).__mro__[1]
    frames: tuple[Any, ...] = (location, scalar, pd.DataFrame)
    for owner in frames:
        owner.__getitem__ = _look_up(owner.__getitem__)
    # MultiIndex and others have their own; the base class's alone would not be asked.
    indexes: tuple[Any, ...] = (pd.Index, pd.MultiIndex)
    for owner in indexes:
        owner.get_loc = _look_up(owner.get_loc)
        owner.__contains__ = _contains(owner.__contains__)
