"""Detectors run day by day, without look-ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from benchmarks.detectors import Detector, Fitted
from benchmarks.worlds import Floats

__all__ = ["REFIT_DAYS", "TEST_DAYS", "WARM_UP_DAYS", "lookback", "run_full_sample", "run_online"]

WARM_UP_DAYS: Final = 500
OnDays = Callable[[int, int, Fitted, Floats], None]

TEST_DAYS: Final = 1260
REFIT_DAYS: Final = 21


def lookback(window: int | None) -> int | None:
    """What a config calls a window of so many returns: bars, of which the first has no return."""
    return None if window is None else window + 1


def run_online(
    detector: Detector,
    returns: Floats,
    n_states: int,
    *,
    variances: Floats | None = None,
    window: int | None = None,
    warm_up: int = WARM_UP_DAYS,
    refit: int = REFIT_DAYS,
    on_refit: Callable[[], None] = lambda: None,
    on_days: OnDays | None = None,
) -> Floats:
    """Probabilities (S, T - warm_up, K) of the days after the warm-up.

    Every `refit` days the detector is trained on the days before, all of them or the last `window`; the belief of day t is the
    filter of that model over its window and the days since, up to t. A series whose training fails keeps its last good model,
    and has even odds before its first. `on_days` gets each series' model with the days it was used for: the first of them and
    the beliefs (n + 1, K) from the day before it on.
    """
    n_series, n_days = returns.shape
    probabilities = np.full((n_series, n_days - warm_up, n_states), 1.0 / n_states)
    last: list[Fitted | None] = [None] * n_series
    for day in range(warm_up, n_days, refit):
        start = 0 if window is None else max(0, day - window)
        end = min(day + refit, n_days)
        trained = detector.train(
            np.ascontiguousarray(returns[:, start:day]),
            None if variances is None else np.ascontiguousarray(variances[:, start:day]),
        )
        for series, model in enumerate(trained):
            last[series] = model = model or last[series]
            if model is not None:
                seen = model.filter(returns[series, start:end], None if variances is None else variances[series, start:end])
                probabilities[series, day - warm_up : end - warm_up] = seen[day - start :]
                if on_days is not None:
                    on_days(series, day, model, seen[day - start - 1 :])
        on_refit()
    return probabilities


def run_full_sample(detector: Detector, returns: Floats, n_states: int) -> Floats:
    """Probabilities (S, T, K) of models trained on the whole sample and looking both ways, as publications report them."""
    probabilities = np.full((*returns.shape, n_states), 1.0 / n_states)
    for series, model in enumerate(detector.train(returns, None)):
        if model is not None:
            probabilities[series] = model.full_sample(returns[series], None)
    return probabilities
