"""jumpmodels beside our detectors; imported only where the package is installed (extra `bench`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jumpmodels.jump import JumpModel

from benchmarks.detectors import Fitted
from benchmarks.worlds import Floats

__all__ = ["JumpDetector", "features"]

_PENALTY = 50.0


def features(returns: Floats) -> Floats:
    """The fifteen features (T, 15) of Nystrup, Lindstrom and Madsen (2020), looking backward only.

    The return, its two latest absolute changes, and for windows of 6 and 14 days the mean and deviation of the whole window
    and of its two halves.
    """
    change = np.abs(np.diff(returns, prepend=returns[0]))
    columns = [returns, change, np.append(change[0], change[:-1])]
    for window in (6, 14):
        padded = np.append(np.full(window - 1, returns[0]), returns)
        views = np.lib.stride_tricks.sliding_window_view(padded, window)
        for part in (views, views[:, : window // 2], views[:, window // 2 :]):
            columns += [part.mean(axis=1), part.std(axis=1)]
    return np.stack(columns, axis=1)


class _JumpModel:
    def __init__(self, window: Floats, n_states: int, penalty: float) -> None:
        table = features(window)
        self._mean, self._scale = table.mean(axis=0), table.std(axis=0)
        self._model = JumpModel(n_components=n_states, jump_penalty=penalty)
        self._model.fit((table - self._mean) / self._scale, window, sort_by="vol")

    def filter(self, returns: Floats, variances: Floats | None) -> Floats:
        return np.asarray(self._model.predict_proba_online((features(returns) - self._mean) / self._scale))

    def full_sample(self, returns: Floats, variances: Floats | None) -> Floats:
        return np.asarray(self._model.predict_proba((features(returns) - self._mean) / self._scale))

    @property
    def mixture(self) -> None:
        return None


class JumpDetector:
    """Discrete statistical jump model, penalty 50 (near the best published one for two states and 1,000 days)."""

    def __init__(self, n_states: int, penalty: float = _PENALTY) -> None:
        self.name = f"jumpmodels, penalty {penalty:g}"
        self._n_states = n_states
        self._penalty = penalty

    def train(self, returns: Floats, variances: Floats | None) -> Sequence[Fitted | None]:
        return [_JumpModel(row, self._n_states, self._penalty) for row in returns]
