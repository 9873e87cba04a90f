"""What a training window must hold before anything is fitted to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray

__all__ = ["LEAST_BARS", "LEAST_SPREAD", "FitFailure", "checked_features", "checked_window"]

LEAST_BARS: Final = 19
LEAST_SPREAD: Final = 1e-12  # between a window's largest and smallest return


@dataclass(frozen=True, slots=True)
class FitFailure:
    """Why one window gave no model.

    Parameters
    ----------
    reason : str
        "too few bars", "not finite", "constant series", "no range" or "degenerate"; stable, for counting.
    message : str
        One sentence with the figures.
    """

    reason: str
    message: str


def checked_window(returns: FloatArray, variances: FloatArray | None) -> FitFailure | None:
    """What keeps a window (T,) from being fitted, if anything."""
    if returns.shape[0] < LEAST_BARS:
        return FitFailure("too few bars", f"{returns.shape[0]} returns, at least {LEAST_BARS} are needed")
    if not np.isfinite(returns).all() or (variances is not None and not np.isfinite(variances).all()):
        return FitFailure("not finite", "the window holds a NaN or an infinity")
    if np.ptp(returns) <= LEAST_SPREAD or (variances is not None and variances.mean() <= 1e-24):
        return FitFailure("constant series", f"all {returns.shape[0]} returns are {returns[0]:g}")
    return None


def checked_features(features: FloatArray) -> FitFailure | None:
    """What keeps features (T, D) from being fitted, if anything."""
    for feature in features.T:
        failure = checked_window(feature, None)
        if failure is not None:
            return failure
    return None
