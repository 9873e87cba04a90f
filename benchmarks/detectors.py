"""The detectors that are compared: ours, hmmlearn as users write it, and the filter that knows the truth."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from hmmlearn.hmm import GaussianHMM

from benchmarks.worlds import Chain, Floats
from regime_framework.config import RegimeConfig
from regime_framework.models import FitFailure, GridRegimeModel, RegimeModel, train_many
from regime_framework.models.grid import fit_grids
from regime_framework.models.grid_design import PriorName
from regime_framework.regimes import Regime

__all__ = ["Detector", "Fitted", "GridVariant", "HmmlearnDefaults", "RegimeDetector", "forward_filter", "oracle_filter"]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Transition (K, K) and, per state, mean and deviation of the return (K,); `tail` degrees of freedom, infinite: Gaussian."""

    transition: Floats
    means: Floats
    volatilities: Floats
    tail: float

    def next_day(self, beliefs: Floats, returns: Floats) -> tuple[Floats, Floats]:
        """Log densities (n,) of days' returns and predicted log volatilities (n,), from the beliefs (n, K) of the days before."""
        weights = beliefs @ self.transition
        scaled = (returns[:, None] - self.means) / self.volatilities
        if math.isinf(self.tail):
            log_density = -0.5 * (scaled**2 + math.log(2.0 * math.pi))
        else:
            tail = self.tail
            constant = math.lgamma((tail + 1) / 2) - math.lgamma(tail / 2) - 0.5 * math.log(math.pi * (tail - 2))
            log_density = constant - 0.5 * (tail + 1) * np.log1p(scaled**2 / (tail - 2))
        log_density = log_density - np.log(self.volatilities) + np.log(weights + 1e-300)
        top = log_density.max(axis=1)
        return top + np.log(np.exp(log_density - top[:, None]).sum(axis=1)), weights @ np.log(self.volatilities)


class Fitted(Protocol):
    """A trained model that filters: row t of the result knows the days up to t only."""

    def filter(self, returns: Floats, variances: Floats | None) -> Floats: ...

    def full_sample(self, returns: Floats, variances: Floats | None) -> Floats:
        """Probabilities of past days that know the whole sample, for comparison with publications."""

    @property
    def mixture(self) -> Mixture | None:
        """What the model says of a day's return given the state; None where it says nothing."""


class Detector(Protocol):
    """Something that can be trained on windows of many series."""

    @property
    def name(self) -> str: ...

    def train(self, returns: Floats, variances: Floats | None) -> Sequence[Fitted | None]:
        """Models of the windows (S, T); None where a window could not be fitted."""


class _OurModel:
    """A model of ours with as many columns as were asked for: one that fell back to fewer states leaves some empty."""

    def __init__(self, model: RegimeModel, n_states: int) -> None:
        self.model = model
        names = Regime.of_states(n_states)
        self._n_states = n_states
        self._columns = [names.index(regime) for regime in model.regimes_]

    def filter(self, returns: Floats, variances: Floats | None) -> Floats:
        return self._widen(self.model.filter_window(returns, variances))

    def full_sample(self, returns: Floats, variances: Floats | None) -> Floats:
        return self._widen(self.model.smooth_for_charts(returns))

    @property
    def mixture(self) -> Mixture:
        model, columns = self.model, self._columns
        # What is said of an empty state never counts: its weight is zero.
        transition, means, volatilities = np.eye(self._n_states), np.zeros(self._n_states), np.ones(self._n_states)
        transition[np.ix_(columns, columns)] = model.transmat_
        means[columns], volatilities[columns] = model.means_.ravel(), model.volatilities_
        return Mixture(transition, means, volatilities, _tail(model))

    def _widen(self, probabilities: Floats) -> Floats:
        wide = np.zeros((len(probabilities), self._n_states))
        wide[:, self._columns] = probabilities
        return wide


class RegimeDetector:
    """One of our estimators, all series of a refit day trained in one call."""

    def __init__(self, config: RegimeConfig, name: str | None = None, *, workers: int | None = None) -> None:
        self.config = config
        self.name = name or config.estimator
        self._workers = workers
        self._earlier: Sequence[RegimeModel | FitFailure] = ()

    def train(self, returns: Floats, variances: Floats | None) -> Sequence[Fitted | None]:
        # Where the windows have only grown since, as in an expanding run, the grid goes on: the same bits, sooner.
        known = len(self._earlier) == len(returns)
        earlier = [m if isinstance(m, RegimeModel) else None for m in self._earlier] if known else None
        models = train_many(returns, self.config, variances=variances, max_workers=self._workers, earlier=earlier)
        self._earlier = models
        return [None if isinstance(model, FitFailure) else _OurModel(model, self.config.n_states) for model in models]


class GridVariant:
    """The grid with settings of its own, where a config has the measured ones."""

    def __init__(self, name: str, n_states: int, *, prior: PriorName = "measured", expanding: bool = True) -> None:
        self.name = name
        self._settings: dict[str, Any] = {"n_states": n_states, "prior": prior, "expanding": expanding}
        self._n_states = n_states

    def train(self, returns: Floats, variances: Floats | None) -> Sequence[Fitted | None]:
        models = [GridRegimeModel(**self._settings) for _ in returns]
        fit_grids(models, returns, variances, max_workers=None)
        return [_OurModel(model, self._n_states) for model in models]


class _HmmlearnModel:
    def __init__(self, model: GaussianHMM) -> None:
        self._model = model
        self._order = np.argsort(model.covars_.reshape(model.n_components, -1)[:, 0], kind="stable")

    def filter(self, returns: Floats, variances: Floats | None) -> Floats:
        model, order = self._model, self._order
        covariances = model.covars_.reshape(-1)[order]
        distance = returns[:, None] - model.means_[order, 0]
        density = -0.5 * (np.log(2.0 * np.pi * covariances) + distance**2 / covariances)
        return np.asarray(forward_filter(density[None], model.startprob_[order], model.transmat_[np.ix_(order, order)])[0])

    def full_sample(self, returns: Floats, variances: Floats | None) -> Floats:
        order = self._order
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return np.asarray(np.eye(len(order))[ranks[self._model.predict(returns[:, None])]])

    @property
    def mixture(self) -> Mixture:
        model, order = self._model, self._order
        volatilities = np.sqrt(model.covars_.reshape(-1)[order])
        return Mixture(model.transmat_[np.ix_(order, order)], model.means_[order, 0], volatilities, math.inf)


class HmmlearnDefaults:
    """`GaussianHMM(K, n_iter=100, random_state=42).fit(returns)`, the way most notebooks have it.

    Kinder than those notebooks in two things: states are sorted by variance, and the filter is causal.
    """

    def __init__(self, n_states: int, *, n_iter: int = 100) -> None:
        self.name = "hmmlearn, defaults"
        self._n_states = n_states
        self._n_iter = n_iter

    def train(self, returns: Floats, variances: Floats | None) -> Sequence[Fitted | None]:
        logging.getLogger("hmmlearn").setLevel(logging.CRITICAL)
        return [self._fit(row) for row in returns]

    def _fit(self, window: Floats) -> _HmmlearnModel | None:
        model = GaussianHMM(self._n_states, n_iter=self._n_iter, random_state=42)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                model.fit(window[:, None])
            except ValueError:  # its parameters became NaN
                return None
        usable = np.isfinite(model.transmat_).all() and np.isfinite(model.covars_).all() and (model.covars_ > 0.0).all()
        return _HmmlearnModel(model) if usable else None


def forward_filter(log_densities: Floats, start: Floats, transition: Floats) -> Floats:
    """Filtered probabilities (S, T, K) of log densities (S, T, K) under one chain."""
    probabilities = np.empty_like(log_densities)
    scaled = np.exp(log_densities - log_densities.max(axis=2, keepdims=True))
    belief = np.broadcast_to(start, scaled[:, 0].shape)
    for day in range(scaled.shape[1]):
        belief = (belief if day == 0 else belief @ transition) * scaled[:, day] + 1e-300
        belief = belief / belief.sum(axis=1, keepdims=True)
        probabilities[:, day] = belief
    return probabilities


def oracle_filter(chain: Chain, returns: Floats) -> Floats:
    """The causal filter with the chain's true parameters and density: what no detector can beat for long."""
    sigma = np.array(chain.volatilities)
    scaled = (returns[:, :, None] - np.array(chain.means)) / sigma
    if chain.tail is None:
        density = -0.5 * scaled**2 - np.log(sigma)
    else:
        density = -0.5 * (chain.tail + 1.0) * np.log1p(scaled**2 / (chain.tail - 2.0)) - np.log(sigma)
    return forward_filter(density, chain.stationary, np.array(chain.transition))


def _tail(model: RegimeModel) -> float:
    """Degrees of freedom of the return: a day's variance that is F(nu, eta) around the state's makes the return t(eta)."""
    return float(model.emission_.eta)
