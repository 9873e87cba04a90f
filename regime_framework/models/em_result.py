"""Fitted rows of expectation maximisation as models store them: in the data's units, states in order of volatility."""

from __future__ import annotations

from functools import cache

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import compact, kernel
from regime_framework.models.em_start import EmParameters
from regime_framework.models.emissions import GAUSSIAN
from regime_framework.models.model import MEAN_SHRINKAGE

__all__ = ["arrays_of", "finished_row", "finished_rows"]


def finished_rows(
    fitted: EmParameters, days: FloatArray, likelihoods: FloatArray, n_bars: int, shift: FloatArray, scale: FloatArray
) -> FloatArray:
    """All numbers of each of S models in one row; see :func:`arrays_of`.

    Parameters
    ----------
    fitted : EmParameters
        Of S rows, ``(x - shift) / scale``: start (S, K), transition (S, K, K), means (S, K, D), covariances (S, K, D, D).
    days : ndarray, shape (S, K)
        Effective days of each state.
    likelihoods : ndarray, shape (S,)
        Log likelihood of the scaled data.
    n_bars : int
    shift, scale : ndarray, shape (S, D)
    """
    n_rows, n_states, n_features = fitted.means.shape
    rows = np.empty((n_rows, _layout(n_states, n_features)[-1][1]))
    order = np.empty(n_states, np.int64)
    _finish(
        fitted.start, fitted.transition, fitted.means, fitted.covariances, days, likelihoods, n_bars, shift, scale,
        MEAN_SHRINKAGE, GAUSSIAN.nu, GAUSSIAN.eta, order, rows,
    )  # fmt: skip
    return rows


def finished_row(
    fitted: EmParameters, days: FloatArray, likelihood: float, n_bars: int, shift: FloatArray, scale: FloatArray
) -> FloatArray:
    """:func:`finished_rows` for one model."""
    many = EmParameters(fitted.start[None], fitted.transition[None], fitted.means[None], fitted.covariances[None])
    return np.asarray(finished_rows(many, days[None], np.array([likelihood]), n_bars, shift[None], scale[None])[0])


def arrays_of(row: FloatArray, n_states: int, n_features: int) -> dict[str, FloatArray]:
    """One row of :func:`finished_rows` as a model's arrays, views of it."""
    return {name: row[first:last].reshape(shape) for first, last, name, shape in _layout(n_states, n_features)}


@cache
def _layout(n_states: int, n_features: int) -> tuple[tuple[int, int, str, tuple[int, ...]], ...]:
    shapes = {
        "startprob": (n_states,),
        "transmat": (n_states, n_states),
        "means": (n_states, n_features),
        "volatilities": (n_states,),
        "expected_returns": (n_states,),
        "emission": (3,),
        "evidence": (2,),
        "covars": (n_states, n_features, n_features),
    }
    ends = np.cumsum([np.prod(shape) for shape in shapes.values()]).tolist()
    return tuple((first, last, name, shape) for first, last, (name, shape) in zip([0, *ends], ends, shapes.items(), strict=False))


@kernel
def _finish(
    start: FloatArray,
    transition: FloatArray,
    means: FloatArray,
    covariances: FloatArray,
    days: FloatArray,
    likelihoods: FloatArray,
    n_bars: int,
    shift: FloatArray,
    scale: FloatArray,
    shrinkage: float,
    nu: float,
    eta: float,
    order: Indices,
    rows: FloatArray,
) -> None:
    """Write each row of `rows` (S, P) in the order of the layout."""
    compact()
    n_rows, n_states, n_features = means.shape
    for s in range(n_rows):
        for k in range(n_states):
            place = k
            while place > 0 and covariances[s, order[place - 1], 0, 0] > covariances[s, k, 0, 0]:
                order[place] = order[place - 1]
                place -= 1
            order[place] = k
        row, at = rows[s], 0
        for k in order:
            row[at] = start[s, k]
            at += 1
        for j in order:
            for k in order:
                row[at] = transition[s, j, k]
                at += 1
        for k in order:
            for i in range(n_features):
                row[at] = means[s, k, i] * scale[s, i] + shift[s, i]
                at += 1
        for k in order:
            row[at] = np.sqrt(covariances[s, k, 0, 0] * (scale[s, 0] * scale[s, 0]))
            at += 1
        for k in order:
            held = days[s, k] if np.isfinite(days[s, k]) and days[s, k] > 0.0 else 0.0
            mean = means[s, k, 0] * scale[s, 0] + shift[s, 0] if held > 0.0 else 0.0
            row[at] = (held * mean + shrinkage * shift[s, 0]) / (held + shrinkage)
            at += 1
        row[at], row[at + 1], row[at + 2] = nu, eta, 1.0
        log_scale = 0.0
        for i in range(n_features):
            log_scale += np.log(scale[s, i])
        row[at + 3], row[at + 4] = likelihoods[s] - n_bars * log_scale, np.nan
        at += 5
        for k in order:
            for i in range(n_features):
                for j in range(n_features):
                    row[at] = covariances[s, k, i, j] * (scale[s, i] * scale[s, j])
                    at += 1
