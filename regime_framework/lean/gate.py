"""How much of what a portfolio model asks for may be held while a regime lasts: plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["Position", "capped"]

_BAND: Final = 1.05  # prices move the gross exposure every day; cutting each excess would trade every day


@dataclass(frozen=True, slots=True)
class Position:
    """Shares asked for or held, and what they are worth in units of the portfolio (negative when short)."""

    quantity: float
    weight: float


def capped(positions: Mapping[str, Position], cap: float, *, asked: frozenset[str] = frozenset()) -> dict[str, int]:
    """Quantities that bring the gross weight to `cap`; empty where it is within already.

    Parameters
    ----------
    positions : mapping of str to Position
        What would be held if nothing were done.
    cap : float
        Largest sum of absolute weights; 0 closes everything.
    asked : frozenset of str
        Rows with a target of this step: those are held to the cap exactly, mere drift of holdings gets a band of 5 %.
    """
    gross = sum(abs(position.weight) for position in positions.values())
    limit = cap if asked else cap * _BAND
    if cap > 0.0 and gross <= limit:
        return {}
    scale = cap / gross if gross > 0.0 else 0.0
    return {row: int(position.quantity * scale) for row, position in positions.items() if position.quantity or row in asked}
