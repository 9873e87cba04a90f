"""Baum-Welch with a deterministic start and a sticky prior, in our own kernels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar, Final, Literal, Self

import numpy as np

from regime_framework._typing import FloatArray, Observations, Probabilities
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models.em_kernel import em_rows, filter_features
from regime_framework.models.em_result import arrays_of, finished_row, finished_rows
from regime_framework.models.em_start import EmParameters, informed_starts, standardised
from regime_framework.models.em_univariate import univariate_rows
from regime_framework.models.model import RegimeModel, Status
from regime_framework.models.spread import over_rows
from regime_framework.models.windows import checked_features

__all__ = [
    "COVARIANCE_PRIOR",
    "LEAST_DAYS",
    "GaussianRegimeHMM",
    "features_of",
    "fit_em",
    "refusal",
    "sticky_prior",
]

# hmmlearn's default, harmless here because observations are scaled to unit variance first.
COVARIANCE_PRIOR: Final = 1e-2
_STATUSES: Final[tuple[Status, ...]] = ("converged", "plateau", "max_iter", "degenerate")
# Fewer effective days than this say nothing about a state's variance.
LEAST_DAYS: Final = 5.0


def sticky_prior(n_states: int, persistence: float) -> FloatArray:
    """Dirichlet prior of the transition matrix's rows, shape (K, K): `persistence` pseudo-days of staying."""
    return np.ones((n_states, n_states)) + persistence * np.eye(n_states)


class GaussianRegimeHMM(RegimeModel):
    """Gaussian hidden Markov model by expectation maximisation; hmmlearn's twin.

    Parameters
    ----------
    n_states : int, default 2
    persistence : float, default 100
        Pseudo-days of staying in each state (Dirichlet prior).
    n_iter : int, default 100
    tol : float, default 1e-4
        Stop when the log likelihood plus log prior gains less.
    covariance : {"diag", "full"}, default "diag"
        With more than one feature.
    """

    kind: ClassVar[str] = "em"

    def __init__(
        self,
        n_states: int = 2,
        *,
        persistence: float = 100.0,
        n_iter: int = 100,
        tol: float = 1e-4,
        covariance: Literal["diag", "full"] = "diag",
    ) -> None:
        super().__init__(n_states)
        self.persistence, self.n_iter, self.tol, self.covariance = persistence, n_iter, tol, covariance

    covars_: FloatArray

    def _check_settings(self) -> None:
        super()._check_settings()
        if not (math.isfinite(self.persistence) and self.persistence >= 0.0):
            raise InvalidSetting("persistence", "must be a number of at least 0", self.persistence)
        if isinstance(self.n_iter, bool) or not isinstance(self.n_iter, int) or self.n_iter < 1:
            raise InvalidSetting("n_iter", "must be a whole number of at least 1", self.n_iter)
        if math.isnan(self.tol):
            raise InvalidSetting("tol", "must be a number", self.tol)
        if self.covariance not in ("diag", "full"):
            raise InvalidSetting("covariance", "must be one of ['diag', 'full']", self.covariance)

    def fit(self, X: Observations, *, start: EmParameters | None = None) -> Self:  # noqa: N803
        """Train on log returns (T,) or features (T, D), the first of which is the log return.

        Parameters
        ----------
        X : ndarray, shape (T,) or (T, D)
        start : EmParameters, optional
            In the units of X; by default the deterministic start.

        Raises
        ------
        FitError
            If the window allows no model.
        """
        self._check_settings()
        features = features_of(X)
        failure = checked_features(features)
        message = failure.message if failure is not None else fit_em([self], features[None], [start])[0]
        if message is not None:
            raise FitError(message)
        return self

    def filter(self, X: Observations) -> Probabilities:  # noqa: N803
        features = features_of(X)
        if features.shape[1] == 1:
            return self.filter_window(features[:, 0])
        return self._filter_features(features)[0]

    def score(self, X: Observations) -> float:  # noqa: N803
        features = features_of(X)
        if features.shape[1] == 1:
            return super().score(features)
        return self._filter_features(features)[1]

    def step(self, belief: Probabilities, x: float | FloatArray, variance: float | None = None) -> Probabilities:
        features = np.atleast_1d(np.asarray(x, dtype=np.float64))
        if features.shape[0] == 1:
            return super().step(belief, features)
        path = np.empty((1, self.n_states))
        came = np.asarray(belief, dtype=np.float64) @ self.transmat_
        filter_features(features[None], came, self.transmat_, self.means_, self._full_covariances(), path)
        return np.asarray(path[0])

    def _filter_features(self, features: FloatArray) -> tuple[Probabilities, float]:
        path = np.empty((features.shape[0], self.n_states))
        likelihood = filter_features(features, self.startprob_, self.transmat_, self.means_, self._full_covariances(), path)
        return path, float(likelihood)

    def _full_covariances(self) -> FloatArray:
        return self.covars_

    def _covariances(self) -> FloatArray:
        return self.covars_ if self.covariance == "full" else np.asarray(np.diagonal(self.covars_, axis1=1, axis2=2))

    def _arrays(self) -> dict[str, FloatArray]:
        return {**super()._arrays(), "covars": self.covars_}

    def _restore(self, arrays: dict[str, FloatArray], status: Status) -> Self:
        self.covars_ = arrays["covars"]
        if self.covars_.shape[1] > 1 and (self.covars_ * (1.0 - np.eye(self.covars_.shape[1]))).any():
            self.covariance = "full"
        return super()._restore(arrays, status)

    @classmethod
    def from_hmmlearn(cls, model: Any) -> GaussianRegimeHMM:
        """A fitted ``hmmlearn.hmm.GaussianHMM`` over log returns, its states put in order of volatility."""
        full = model.covariance_type == "full"
        result = cls(model.n_components, covariance="full" if full else "diag")
        covariances = np.asarray(model.covars_)
        parameters = EmParameters(
            np.asarray(model.startprob_), np.asarray(model.transmat_), np.asarray(model.means_), covariances.copy()
        )
        nowhere, units = np.zeros(parameters.means.shape[1]), np.ones(parameters.means.shape[1])
        row = finished_row(parameters, np.zeros(model.n_components), float("nan"), 0, nowhere, units)
        arrays = arrays_of(row, *parameters.means.shape)
        arrays["expected_returns"][:] = arrays["means"][:, 0]
        return result._restore(arrays, "converged")

    def _take(self, row: FloatArray, n_features: int, status: Status) -> Self:
        """Become the model of a row of its own, of :func:`finished_rows`."""
        row.flags.writeable = False
        return self._restore(arrays_of(row, self.n_states, n_features), status)


# Milliseconds a row, bar, state and feature, all iterations together; only to decide whether threads are worth it.
_ITERATION_WORK: Final = 2e-4
_LANES_WORK: Final = 4e-5


def fit_em(
    models: list[GaussianRegimeHMM],
    features: FloatArray,
    starts: Sequence[EmParameters | None] | None = None,
    *,
    max_workers: int | None = 1,
) -> list[str | None]:
    """Fit one model a row of features (S, T, D), all of one setting; a text says what went wrong."""
    pattern = models[0]
    n_states = pattern.n_states
    n_rows, n_bars, n_features = features.shape
    scaled, shift, scale = standardised(features)
    start, transition, means, covariances = informed_starts(scaled, n_states)
    for i, begun in enumerate(starts or ()):
        if begun is not None:
            own = begun.scaled(shift[i], scale[i])
            start[i], transition[i], means[i], covariances[i] = own.start, own.transition, own.means, own.covariances
    likelihoods, days = np.full(n_rows, np.nan), np.zeros((n_rows, n_states))
    statuses = np.zeros(n_rows, dtype=np.int64)
    if n_features == 1:
        states, x, mean, variance = (0,) * n_states, scaled[:, :, 0], means[:, :, 0], covariances[:, :, 0, 0]

        def iterate(rows: slice) -> None:
            univariate_rows(
                x[rows], states, start[rows], transition[rows], mean[rows], variance[rows], pattern.persistence,
                COVARIANCE_PRIOR, pattern.n_iter, pattern.tol, likelihoods[rows], days[rows], statuses[rows],
            )  # fmt: skip

    else:
        prior, full = sticky_prior(n_states, pattern.persistence), pattern.covariance == "full"

        def iterate(rows: slice) -> None:
            em_rows(
                scaled[rows], start[rows], transition[rows], means[rows], covariances[rows], prior, COVARIANCE_PRIOR,
                full, pattern.n_iter, pattern.tol, likelihoods[rows], days[rows], statuses[rows],
            )  # fmt: skip

    work = (_ITERATION_WORK if n_features > 1 else _LANES_WORK) * n_rows * n_bars * n_states * n_features
    over_rows(iterate, n_rows, work, max_workers)
    rows = finished_rows(EmParameters(start, transition, means, covariances), days, likelihoods, n_bars, shift, scale)
    usable = ((days >= LEAST_DAYS) & (days < np.inf)).all(axis=1) & (statuses != _STATUSES.index("degenerate"))
    messages: list[str | None] = []
    for model, row, good, status, held in zip(models, rows, usable.tolist(), statuses.tolist(), days, strict=True):
        if good:
            model._take(row.copy(), n_features, _STATUSES[status])
        messages.append(None if good else refusal(held, broken=_STATUSES[status] == "degenerate"))
    return messages


def refusal(days: FloatArray, *, broken: bool = False) -> str | None:
    """Why a fit with these effective days (K,) is of no use, if so."""
    least = float(days.min())
    if broken or not math.isfinite(least):
        return "degenerate: the iteration broke down"
    if least < LEAST_DAYS:
        return f"degenerate: a state holds {least:.1f} effective days, fewer than {LEAST_DAYS:g}"
    return None


def features_of(X: Observations) -> FloatArray:  # noqa: N803
    """What users hand over, as features (T, D).

    Raises
    ------
    InvalidSetting
        If the shape is neither (T,) nor (T, D), or a value is not finite.
    """
    values = np.asarray(X, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    if values.ndim != 2:
        raise InvalidSetting("X", "must have shape (T,) or (T, D)", values.shape)
    if not np.isfinite(values).all():
        raise InvalidSetting("X", "must hold finite numbers", "NaN or infinity")
    return np.ascontiguousarray(values)
