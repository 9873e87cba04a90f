"""The default estimator: posterior mean over a fixed grid of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self, get_args

import numpy as np

from regime_framework._typing import FloatArray, Observations
from regime_framework.config import EmissionName
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models.emissions import Emission, menu
from regime_framework.models.filter_kernel import displayed_means
from regime_framework.models.grid_design import PriorName, grid_design
from regime_framework.models.grid_kernel import fit_rows, plain_evidence
from regime_framework.models.grid_pass import GridPass, Passes, held_bars, rows_at_once
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
    expanding : bool, default False
        Whether the window is one that only grows, as with ``RegimeConfig(lookback=None)``. Its units are then those of its
        first ten elevenths or more, which makes no difference to accuracy and lets a later fit go on where this one ended.
    """

    kind: ClassVar[str] = "grid"

    def __init__(
        self,
        n_states: int = 2,
        *,
        emission: EmissionName = "auto",
        prior: PriorName = "published",
        expanding: bool = False,
    ) -> None:
        super().__init__(n_states)
        self.emission = emission
        self.prior = prior
        self.expanding = expanding
        self._pass: GridPass | None = None

    def hand_on(self) -> GridPass | None:
        """Where the fit of a grown window can go on; given to one only, since it is large."""
        held, self._pass = self._pass, None
        return held

    @property
    def pass_bytes(self) -> int:
        """Bytes of what :meth:`hand_on` would give."""
        held = self._pass
        return 0 if held is None else held.nbytes

    def __getstate__(self) -> dict[str, Any]:
        # A pass is many times a model; who gets a copy fits from the first bar, with the same result.
        return {**self.__dict__, "_pass": None}

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
    earlier: Sequence[GridPass | None] | None = None,
) -> None:
    """Fit one model a row of returns and variances (S, T); all models of the same settings.

    densities: what the evidence chooses from, instead of the usual menu. earlier: for expanding windows, where each row may go
    on; models then keep where theirs may. The result is the same without.
    """
    n_states, expanding = models[0].n_states, models[0].expanding
    densities = menu(variances is not None, models[0].emission) if densities is None else densities
    at_once = rows_at_once(grid_design(n_states), len(densities))
    if earlier is not None and len(models) > at_once:
        for first in range(0, len(models), at_once):
            part = slice(first, first + at_once)
            own = None if variances is None else variances[part]
            fit_grids(models[part], returns[part], own, densities=densities, max_workers=max_workers, earlier=earlier[part])
        return
    returns = np.ascontiguousarray(returns)
    held = held_bars(returns.shape[1]) if expanding else returns.shape[1]
    means, spread = _row_moments(returns, held)
    variances = None if variances is None else believable_variances(returns, variances, held)
    proxies = np.square(returns - means[:, None]) if variances is None else variances
    fitted = posterior_means(
        proxies, n_states, densities,
        prior=models[0].prior, max_workers=max_workers, held=held if expanding else None, earlier=earlier,
    )  # fmt: skip
    starts, transitions = dynamics(fitted.exits)
    # Ranges and returns measure variance on different scales; what is reported is the returns'.
    scales = np.ones(returns.shape[0]) if variances is None else fitted.units / spread
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
        model._pass = fitted.passes[i] if fitted.passes else None


def _row_moments(rows: FloatArray, held: int) -> tuple[FloatArray, FloatArray]:
    means, spread = np.empty(rows.shape[0]), np.empty(rows.shape[0])
    row_moments(np.ascontiguousarray(rows[:, :held]), means, spread)
    return means, spread


# Milliseconds a bar, density, tuple and state; only to decide whether threads are worth it.
_BAR_WORK: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorMeans:
    """What the grid says of S rows: variances and exits (S, K), tails (S, 2) the chosen nu and eta, log evidences (S,).

    units: mean proxy of each row, by which it was scaled; passes: where fits of grown windows can go on, by row, empty where
    nobody wants to.
    """

    variances: FloatArray
    exits: FloatArray
    tails: FloatArray
    evidences: FloatArray
    plain_evidences: FloatArray
    units: FloatArray
    passes: tuple[GridPass, ...] = ()


def posterior_means(
    proxies: FloatArray,
    n_states: int,
    densities: Sequence[Emission],
    *,
    prior: PriorName = "published",
    max_workers: int | None = 1,
    held: int | None = None,
    earlier: Sequence[GridPass | None] | None = None,
) -> PosteriorMeans:
    """Posterior means of log variances and log exits for each row of variance proxies (S, T), by the likeliest density.

    held: the window is one that grows, and so many of its first bars give the units; earlier: where each row may go on, and
    passes are wanted.
    """
    design = grid_design(n_states, prior)
    table = np.array([[e.nu, e.eta, e.constant] for e in densities])
    proxies = np.ascontiguousarray(proxies)
    units, _ = _row_moments(proxies, proxies.shape[1] if held is None else held)
    scaled = proxies / units[:, None]
    plain_levels = grid_design(1).levels
    n_rows = proxies.shape[0]
    log_variances, log_exits = np.empty((n_rows, n_states)), np.empty((n_rows, n_states))
    evidences, plain, chosen = np.empty(n_rows), np.empty(n_rows), np.zeros(n_rows, dtype=np.int64)
    tails, begun = np.zeros((n_rows, len(densities), plain_levels.shape[0])), np.zeros(n_rows, dtype=np.int64)
    passes = Passes(n_rows if earlier is not None and held is not None else 0, design, len(densities))
    setting = (n_states, prior, tuple(densities))
    if passes:
        passes.resume(setting, scaled, earlier or (), begun, tails)

    def fit(rows: slice) -> None:
        fit_rows(
            scaled[rows], table, (0,) * n_states, design.levels, design.tuples, design.weights, design.exits, design.starts,
            held is not None, begun[rows], passes.joint[rows], passes.live[rows], passes.counts[rows], passes.evidences[rows],
            log_variances[rows], log_exits[rows], evidences[rows], chosen[rows],
        )  # fmt: skip

    new_bars = scaled.size - int(begun.sum())
    over_rows(fit, n_rows, _BAR_WORK * new_bars * len(densities) * design.tuples.shape[1] * n_states, max_workers)
    plain_evidence(scaled, table, plain_levels, begun, tails, plain)
    return PosteriorMeans(
        np.exp(log_variances) * units[:, None], np.exp(log_exits), table[chosen, :2], evidences, plain, units,
        passes.kept(setting, scaled, tails),
    )  # fmt: skip


def dynamics(exits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Stationary start (S, K) and transition matrix (S, K, K) of states left with probabilities exits (S, K), evenly."""
    n_states = exits.shape[1]
    durations = 1.0 / exits
    transitions = np.repeat((exits / (n_states - 1))[:, :, None], n_states, axis=2)
    transitions[:, np.arange(n_states), np.arange(n_states)] = 1.0 - exits
    return durations / durations.sum(axis=1, keepdims=True), transitions
