"""Arithmetic of portfolio weights: shares of capital by row name, no LEAN in sight."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["add_scaled", "equal_weights", "is_drift", "limited", "normalised"]


def equal_weights(directions: Mapping[str, int], bias: int) -> dict[str, float]:
    """One share each for every row with a direction that the bias allows; the others get nothing.

    Parameters
    ----------
    directions : mapping of str to int
        -1, 0 or 1.
    bias : int
        1 long only, -1 short only, 0 both.
    """
    allowed = {1, -1} if not bias else {bias}
    n_speaking = sum(direction in allowed for direction in directions.values())
    share = 1.0 / n_speaking if n_speaking else 0.0
    return {row: direction * share if direction in allowed else 0.0 for row, direction in directions.items()}


def normalised(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares scaled down to sum to at most one, never up."""
    total = math.fsum(shares.values())
    return {name: share / total if total > 1.0 else share for name, share in shares.items()}


def add_scaled(weights: dict[str, float], more: Mapping[str, float], share: float) -> None:
    """Add a sleeve of the portfolio to `weights`; what is not finite counts as nothing."""
    if not math.isfinite(sum(map(abs, more.values()))):
        more = {row: weight if math.isfinite(weight) else 0.0 for row, weight in more.items()}
    if weights:
        for row, weight in more.items():
            weights[row] = weights.get(row, 0.0) + share * weight
    else:
        weights.update({row: share * weight for row, weight in more.items()})


def limited(weights: Mapping[str, float], *, bias: int, max_weight: float, max_gross: float) -> dict[str, float]:
    """Weights within every limit: cut to the bias and to `max_weight` one by one, then scaled to `max_gross` together."""
    low, high = (0.0 if bias > 0 else -max_weight), (0.0 if bias < 0 else max_weight)
    values = weights.values()
    if values and not low <= min(values) <= max(values) <= high:
        weights = {row: min(max(weight, low), high) for row, weight in weights.items()}
    gross = math.fsum(map(abs, weights.values()))
    scale = max_gross / gross if gross > max_gross else 1.0
    return dict(weights) if scale == 1.0 else {row: weight * scale for row, weight in weights.items()}


def is_drift(wanted: float, held: float, asked: float, tolerance: float) -> bool:
    """Whether only prices have moved the held weight away from what is wanted.

    An entry, an exit or a turn is never drift. The weight asked for last must be near as well: while an order is
    under way, what is held says nothing yet.
    """
    if wanted == 0.0 or held * wanted <= 0.0:
        return False
    return abs(wanted - held) < tolerance and abs(wanted - asked) < tolerance
