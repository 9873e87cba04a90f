"""From the keys of a mapping of bars to rows, remembered from bar to bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from regime_framework._typing import Indices

__all__ = ["Route", "make_route"]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """Where the values of a mapping with these keys belong.

    Parameters
    ----------
    keys : tuple of str
        All keys, in the mapping's order.
    generation : int
        Of the tracks when this was made.
    names, symbols : tuple of str
        Of the n keys that lead somewhere: as the user wrote them, and the symbols they stand for.
    rows : ndarray, shape (n,)
    kept : ndarray, shape (n,), or None
        Places of these keys among all; None if every key leads somewhere.
    unknown : tuple of str
        Keys that lead nowhere.
    """

    keys: tuple[str, ...]
    generation: int
    names: tuple[str, ...]
    symbols: tuple[str, ...]
    rows: Indices
    kept: Indices | None
    unknown: tuple[str, ...]


def make_route(keys: Iterable[str], rows: Mapping[str, int], aliases: Mapping[str, str], generation: int) -> Route:
    """Resolve keys; of two that stand for one symbol the symbol's own name counts, else the first in order of text."""
    keys = tuple(keys)
    chosen: dict[str, str] = {}
    for key in sorted(keys, key=lambda key: (key not in rows, str(key))):  # a stray key may be anything
        symbol = aliases.get(key, key)
        if symbol in rows:
            chosen.setdefault(symbol, key)
    used = set(chosen.values())
    kept = [place for place, key in enumerate(keys) if key in used]
    names = tuple(keys[place] for place in kept)
    symbols = tuple(aliases.get(name, name) for name in names)
    return Route(
        keys,
        generation,
        names,
        symbols,
        np.array([rows[symbol] for symbol in symbols], np.int64),
        None if len(kept) == len(keys) else np.array(kept, np.int64),
        tuple(key for key in keys if aliases.get(key, key) not in rows),
    )
