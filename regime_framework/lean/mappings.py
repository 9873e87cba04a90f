"""Checks for what users key by regime, made when a model is constructed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from regime_framework.errors import InvalidSetting
from regime_framework.regimes import Regime

__all__ = ["by_regime", "finite", "regimes"]

V = TypeVar("V")
W = TypeVar("W")


def by_regime(parameter: str, mapping: Mapping[Regime, V] | None, convert: Callable[[str, V], W]) -> dict[Regime, W]:
    """A copy keyed by :class:`Regime`; names in any case are taken as well.

    Parameters
    ----------
    parameter : str
        What the user wrote, for the error's text.
    mapping : mapping or None
        None gives an empty dict.
    convert : callable
        Called with the name of the entry and its value; raises :class:`InvalidSetting` on a bad one.
    """
    if mapping is None:
        return {}
    if not isinstance(mapping, Mapping):
        raise InvalidSetting(parameter, "must map regimes to values", mapping)
    return {_regime(parameter, key): convert(f"{parameter}[{key}]", value) for key, value in mapping.items()}


def regimes(parameter: str, names: Iterable[Regime]) -> frozenset[Regime]:
    """A set of regimes."""
    if isinstance(names, Regime | str):
        names = [names]
    return frozenset(_regime(parameter, name) for name in names)


def finite(low: float, high: float | None = None) -> Callable[[str, object], float]:
    """A converter to float within limits."""
    rule = f"must be a number of at least {low:g}" + ("" if high is None else f" and at most {high:g}")

    def convert(parameter: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise InvalidSetting(parameter, rule, value)
        if value < low or (high is not None and value > high):
            raise InvalidSetting(parameter, rule, value)
        return float(value)

    return convert


def _regime(parameter: str, name: Regime | str) -> Regime:
    try:
        return Regime.parse(name)
    except InvalidSetting:
        raise InvalidSetting(parameter, f"must be keyed by regimes ({', '.join(r.name for r in Regime)})", name) from None
