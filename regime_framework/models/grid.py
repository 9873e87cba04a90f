"""The default estimator: posterior mean over a fixed grid of models."""

from __future__ import annotations

import math
from typing import ClassVar, Final, Self

import numpy as np

from regime_framework._typing import FloatArray, Observations
from regime_framework.config import EmissionName
from regime_framework.errors import FitError
from regime_framework.models.emissions import menu
from regime_framework.models.filter_kernel import filter_path
from regime_framework.models.grid_design import grid_design
from regime_framework.models.grid_kernel import fit_rows
from regime_framework.models.model import RegimeModel, split_observations

__all__ = ["GridRegimeModel"]

# Days of the window's mean that pull a state's displayed mean: daily means per state are mostly noise.
_MEAN_SHRINKAGE: Final = 250.0


class GridRegimeModel(RegimeModel):
    """Posterior mean over a fixed grid of volatility tuples and durations.

    No iterations, no starts, no label switching: every candidate is filtered once over the window and weighs in by its
    evidence. With few visits to a regime the single best model is arbitrary; the mean over all is not.

    Parameters
    ----------
    n_states : int, default 2
    emission : {"auto", "gaussian", "student_t"}, default "auto"
    """

    kind: ClassVar[str] = "grid"

    def __init__(self, n_states: int = 2, *, emission: EmissionName = "auto") -> None:
        super().__init__(n_states)
        self.emission = emission

    def fit(self, X: Observations) -> Self:  # noqa: N803
        returns, variances, _ = split_observations(X)
        from regime_framework.models.training import checked_window

        failure = checked_window(returns, variances)
        if failure is not None:
            raise FitError(failure.message)
        fit_grids([self], returns[None], None if variances is None else variances[None], 0, 1)
        return self


def fit_grids(models: list[GridRegimeModel], returns: FloatArray, variances: FloatArray | None, first: int, last: int) -> None:
    """Fit models first..last on the same rows of returns and variances (S, T); all of one K and one emission choice."""
    n_states, choice = models[first].n_states, models[first].emission
    densities = menu(variances is not None, choice)
    rows = slice(first, last)
    means = np.array([row.mean() for row in returns[rows]])
    proxies = np.ascontiguousarray((returns[rows] - means[:, None]) ** 2 if variances is None else variances[rows])
    scales = np.array([row.mean() for row in proxies])
    log_variances, log_exits, evidences, chosen = _fit(proxies, n_states, densities)
    _, _, plain, _ = _fit(proxies, 1, densities)
    for i, model in enumerate(models[rows]):
        exits = np.exp(log_exits[i])
        arrays = {
            "startprob": (1.0 / exits) / (1.0 / exits).sum(),
            "transmat": _transition(exits),
            "means": np.full((n_states, 1), means[i]),
            "volatilities": np.sqrt(np.exp(log_variances[i] + math.log(scales[i]))),
            "expected_returns": np.zeros(n_states),
            "emission": np.array([densities[chosen[i]].nu, densities[chosen[i]].eta]),
            "evidence": np.array([evidences[i], evidences[i] - plain[i]]),
        }
        model._restore(arrays, "converged")
        path = np.empty((returns.shape[1], n_states))
        ranges = np.full(returns.shape[1], np.nan) if variances is None else np.ascontiguousarray(variances[first + i])
        filter_path(np.ascontiguousarray(returns[first + i]), ranges, model.startprob_, model.transmat_, *model._density(), path)
        shrunk = (path.T @ returns[first + i] + _MEAN_SHRINKAGE * means[i]) / (path.sum(axis=0) + _MEAN_SHRINKAGE)
        shrunk.flags.writeable = False
        model.expected_returns_ = shrunk


def _fit(proxies: FloatArray, n_states: int, densities: tuple) -> tuple[FloatArray, FloatArray, FloatArray, np.ndarray]:  # type: ignore[type-arg]
    design = grid_design(n_states)
    table = np.array([[e.nu, e.eta, e.constant] for e in densities])
    n_rows = proxies.shape[0]
    log_variances, log_exits = np.empty((n_rows, n_states)), np.empty((n_rows, n_states))
    evidences, chosen = np.empty(n_rows), np.zeros(n_rows, dtype=np.int64)
    fit_rows(
        proxies, table, design.levels, design.tuples, design.weights, design.exits, design.starts,
        log_variances, log_exits, evidences, chosen, 0, n_rows,
    )  # fmt: skip
    return log_variances, log_exits, evidences, chosen


def _transition(exits: FloatArray) -> FloatArray:
    n_states = exits.shape[0]
    matrix = np.repeat((exits / (n_states - 1))[:, None], n_states, axis=1)
    matrix[np.diag_indices(n_states)] = 1.0 - exits
    return matrix
