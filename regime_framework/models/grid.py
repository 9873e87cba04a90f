"""The default estimator: posterior mean over a fixed grid of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self, get_args

import numpy as np

from regime_framework._typing import FloatArray, Observations
from regime_framework.config import EmissionName
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models.emissions import Emission, menu
from regime_framework.models.filter_kernel import displayed_means
from regime_framework.models.grid_design import PriorName, grid_design
from regime_framework.models.grid_kernel import fit_rows, plain_evidence
from regime_framework.models.model import MEAN_SHRINKAGE, RegimeModel, split_observations
from regime_framework.models.observations import believable_variances
from regime_framework.models.row_kernel import row_moments
from regime_framework.models.spread import over_rows
from regime_framework.models.windows import checked_window

__all__ = ["GridRegimeModel"]


class GridRegimeModel(RegimeModel):
    """Posterior mean over a fixed grid of volatility tuples and durations.

    No iterations, no starts, no label switching: every candidate is filtered once over the window and weighs in by its
    evidence. With few visits to a regime the single best model is arbitrary; the mean over all is not.

    Parameters
    ----------
    n_states : int, default 2
    emission : {"auto", "gaussian", "student_t"}, default "auto"
    prior : {"published", "measured"}, default "published"
        What is thought of three states before the data speak: "published" is the first recipe, "measured" what found
        regimes best and is used by :func:`train_many` and the service (docs/accuracy.md). The same for other numbers of states.
    """

    kind: ClassVar[str] = "grid"

    def __init__(self, n_states: int = 2, *, emission: EmissionName = "auto", prior: PriorName = "published") -> None:
        super().__init__(n_states)
        self.emission = emission
        self.prior = prior

    def _check_settings(self) -> None:
        super()._check_settings()
        if self.emission not in get_args(EmissionName):
            raise InvalidSetting("emission", f"must be one of {list(get_args(EmissionName))}", self.emission)
        if self.prior not in get_args(PriorName):
            raise InvalidSetting("prior", f"must be one of {list(get_args(PriorName))}", self.prior)

    def fit(self, X: Observations) -> Self:  # noqa: N803
        self._check_settings()
        returns, variances, _ = split_observations(X)
        failure = checked_window(returns, variances)
        if failure is not None:
            raise FitError(failure.message)
        fit_grids([self], returns[None], None if variances is None else variances[None])
        return self


def fit_grids(
    models: list[GridRegimeModel],
    returns: FloatArray,
    variances: FloatArray | None,
    *,
    densities: Sequence[Emission] | None = None,
    max_workers: int | None = 1,
) -> None:
    """Fit one model a row of returns and variances (S, T); all of one K, one choice of emission and one prior.

    densities: what the evidence chooses from, instead of the usual menu.
    """
    n_states = models[0].n_states
    densities = menu(variances is not None, models[0].emission) if densities is None else densities
    returns = np.ascontiguousarray(returns)
    means, spread = np.empty(returns.shape[0]), np.empty(returns.shape[0])
    row_moments(returns, means, spread)
    variances = None if variances is None else believable_variances(returns, variances)
    proxies = np.square(returns - means[:, None]) if variances is None else variances
    fitted = posterior_means(proxies, n_states, densities, prior=models[0].prior, max_workers=max_workers)
    starts, transitions = dynamics(fitted.exits)
    # Ranges and returns measure variance on different scales; what is reported is the returns'.
    scales = np.ones(returns.shape[0]) if variances is None else _row_means(proxies) / spread
    tails = np.hstack([fitted.tails, scales[:, None]])
    location = np.repeat(means[:, None], n_states, axis=1)
    expected = np.empty_like(location)
    ranges = np.full_like(returns, np.nan) if variances is None else np.ascontiguousarray(variances)
    displayed_means(
        np.ascontiguousarray(returns),
        ranges,
        starts,
        transitions,
        location,
        fitted.variances,
        tails,
        MEAN_SHRINKAGE,
        expected,
    )
    for i, model in enumerate(models):
        arrays = {
            "startprob": starts[i].copy(),
            "transmat": transitions[i].copy(),
            "means": location[i][:, None].copy(),
            "volatilities": np.sqrt(fitted.variances[i] / scales[i]),
            "expected_returns": expected[i].copy(),
            "emission": tails[i].copy(),
            "evidence": np.array([fitted.evidences[i], fitted.evidences[i] - fitted.plain_evidences[i]]),
        }
        model._restore(arrays, "converged")


def _row_means(rows: FloatArray) -> FloatArray:
    means, spread = np.empty(rows.shape[0]), np.empty(rows.shape[0])
    row_moments(np.ascontiguousarray(rows), means, spread)
    return means


# Milliseconds a bar, density, tuple and state; only to decide whether threads are worth it.
_BAR_WORK: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorMeans:
    """What the grid says of S rows: variances and exits (S, K), tails (S, 2) the chosen nu and eta, log evidences (S,)."""

    variances: FloatArray
    exits: FloatArray
    tails: FloatArray
    evidences: FloatArray
    plain_evidences: FloatArray


def posterior_means(
    proxies: FloatArray,
    n_states: int,
    densities: Sequence[Emission],
    *,
    prior: PriorName = "published",
    max_workers: int | None = 1,
) -> PosteriorMeans:
    """Posterior means of log variances and log exits for each row of variance proxies (S, T), by the likeliest density."""
    design = grid_design(n_states, prior)
    table = np.array([[e.nu, e.eta, e.constant] for e in densities])
    proxies = np.ascontiguousarray(proxies)
    scales = _row_means(proxies)
    scaled = proxies / scales[:, None]
    n_rows = proxies.shape[0]
    log_variances, log_exits = np.empty((n_rows, n_states)), np.empty((n_rows, n_states))
    evidences, plain, chosen = np.empty(n_rows), np.empty(n_rows), np.zeros(n_rows, dtype=np.int64)

    def fit(rows: slice) -> None:
        fit_rows(
            scaled[rows], table, (0,) * n_states, design.levels, design.tuples, design.weights, design.exits, design.starts,
            log_variances[rows], log_exits[rows], evidences[rows], chosen[rows],
        )  # fmt: skip

    over_rows(fit, n_rows, _BAR_WORK * scaled.size * len(densities) * design.tuples.shape[1] * n_states, max_workers)
    plain_evidence(scaled, table, grid_design(1).levels, plain)
    return PosteriorMeans(np.exp(log_variances) * scales[:, None], np.exp(log_exits), table[chosen, :2], evidences, plain)


def dynamics(exits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Stationary start (S, K) and transition matrix (S, K, K) of states left with probabilities exits (S, K), evenly."""
    n_states = exits.shape[1]
    durations = 1.0 / exits
    transitions = np.repeat((exits / (n_states - 1))[:, :, None], n_states, axis=2)
    transitions[:, np.arange(n_states), np.arange(n_states)] = 1.0 - exits
    return durations / durations.sum(axis=1, keepdims=True), transitions
