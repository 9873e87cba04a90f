"""What every fitted regime model can do, whichever estimator made it."""

from __future__ import annotations

import hashlib
import math
from typing import Any, ClassVar, Final, Literal, Self

import numpy as np

from regime_framework._typing import FloatArray, Observations, Probabilities
from regime_framework.errors import InvalidSetting, NotEnoughData
from regime_framework.models.emissions import Emission
from regime_framework.models.filter_kernel import MOST_VARIANCES, filter_path, smooth_path, step_rows
from regime_framework.regimes import Regime

__all__ = ["MEAN_SHRINKAGE", "RegimeModel", "split_observations"]

# Days of the window's mean that pull a state's displayed mean: daily means per state are mostly noise.
MEAN_SHRINKAGE: Final = 250.0

Status = Literal["converged", "plateau", "max_iter", "degenerate"]


class RegimeModel:
    """A hidden Markov model of daily volatility with K states, calmest first.

    Attributes
    ----------
    n_states : int
    startprob_ : ndarray, shape (K,)
    transmat_ : ndarray, shape (K, K)
        Row: from, column: to.
    means_ : ndarray, shape (K, D)
        Location of the density of returns in each state.
    volatilities_ : ndarray, shape (K,)
        Daily standard deviation of returns in each state, rising.
    expected_returns_ : ndarray, shape (K,)
        Mean log return in each state, shrunk towards the window's mean; for display, not for the density.
    proxy_scale_ : float
        Mean of the observed variances over that of the squared returns; a day's range misses part of what the close
        shows, so densities of ranges live on this scale. One where returns are observed.
    emission_ : Emission
        Density of the observations; the filter uses the density of the fit.
    regimes_ : tuple of Regime
    status_ : {"converged", "plateau", "max_iter", "degenerate"}
    log_evidence_ : float
        Of the observations given the kind of model (grid), or the log likelihood (EM).
    log_evidence_gain_ : float
        Log evidence against "no regimes"; NaN where the estimator cannot say.
    """

    kind: ClassVar[str]

    def __init__(self, n_states: int = 2) -> None:
        self.n_states = n_states

    startprob_: Probabilities
    transmat_: Probabilities
    means_: FloatArray
    volatilities_: FloatArray
    expected_returns_: FloatArray
    emission_: Emission
    proxy_scale_: float
    status_: Status
    log_evidence_: float
    log_evidence_gain_: float

    @property
    def regimes_(self) -> tuple[Regime, ...]:
        """Names of the states, calmest first."""
        return Regime.of_states(self.n_states)

    @property
    def observation_(self) -> Literal["close", "range"]:
        """What the density is of."""
        return "range" if self._emission().nu > 1.0 else "close"

    def fit(self, X: Observations) -> Self:  # noqa: N803
        """Train on one window.

        Parameters
        ----------
        X : ndarray, shape (T,), (T, 1) or (T, 4)
            Log returns, or log open, high, low, close.

        Returns
        -------
        RegimeModel
            Itself.

        Raises
        ------
        FitError
            If the window allows no model: constant, not finite, too short.
        """
        raise NotImplementedError

    def filter(self, X: Observations) -> Probabilities:  # noqa: N803
        """Probability of each state given the bars up to and including each row.

        Parameters
        ----------
        X : ndarray, shape (T,), (T, 1) or (T, 4)

        Returns
        -------
        ndarray, shape (T, K)
        """
        returns, variances, lead = split_observations(X)
        path = self.filter_window(returns, variances)
        return np.vstack([np.repeat(self.startprob_[None], lead, axis=0), path]) if lead else path

    def filter_window(self, returns: FloatArray, variances: FloatArray | None = None) -> Probabilities:
        """Filter stored observations; shapes (T,) and (T,), result (T, K)."""
        return self._filtered(*_stored(returns, variances))[0]

    def step(self, belief: Probabilities, x: float | FloatArray, variance: float | None = None) -> Probabilities:
        """Advance a belief by one bar.

        Parameters
        ----------
        belief : ndarray, shape (K,)
        x : float
            Log return of the bar.
        variance : float, optional
            Range-based variance of the bar.

        Returns
        -------
        ndarray, shape (K,)

        Raises
        ------
        InvalidSetting
            If the bar is not finite.
        """
        bar = float(np.asarray(x, dtype=np.float64).reshape(-1)[0])
        if not math.isfinite(bar) or (variance is not None and math.isinf(variance)):
            raise InvalidSetting("x", "must be finite", x if variance is None else (x, variance))
        location, state_variances, nu, eta, scale = self._density()
        beliefs = np.array(belief, dtype=np.float64).reshape(1, self.n_states)
        step_rows(
            np.zeros(1, dtype=np.int64),
            np.array([bar]),
            np.array([math.nan if variance is None else float(variance)]),
            self.transmat_[None].copy(),  # the bank's are writable: one compiled kernel serves both
            location[None].copy(),
            state_variances[None],
            np.array([[nu, eta, scale]]),
            np.array([self.n_states]),
            beliefs,
        )
        return np.asarray(beliefs[0])

    def score(self, X: Observations) -> float:  # noqa: N803
        """Log likelihood of the observations under the model."""
        emission = self._emission()
        returns, ranges = _stored(*split_observations(X)[:2])
        likelihood = self._filtered(returns, ranges)[1]
        # As the kernel decides it.
        ranged = (ranges <= MOST_VARIANCES * self._density()[1][-1]) & (emission.nu > 1.0)
        n_ranged = int(ranged.sum())
        likelihood += n_ranged * emission.constant + (emission.nu / 2 - 1) * float(np.log(ranges[ranged] + 1e-300).sum())
        likelihood += (returns.shape[0] - n_ranged) * (Emission(1.0, emission.eta).constant + 0.5 * math.log(self.proxy_scale_))
        return likelihood

    def smooth_for_charts(self, X: Observations) -> Probabilities:  # noqa: N803
        """Probabilities given the whole window, shape (T, K): looks ahead, so for pictures only."""
        filtered = self.filter(X)
        smoothed = np.empty_like(filtered)
        smooth_path(filtered, self.transmat_, smoothed)
        return smoothed

    def fingerprint(self) -> str:
        """Hexadecimal text that differs when any parameter differs."""
        digest = hashlib.blake2b(digest_size=12)
        digest.update(self.kind.encode())
        for array in self._arrays().values():
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def to_hmmlearn(self) -> Any:
        """The same model as a ``hmmlearn.hmm.GaussianHMM`` over log returns (T, D).

        Raises
        ------
        InvalidSetting
            If the density is not Gaussian.
        """
        from regime_framework.models.reference import to_gaussian_hmm

        emission = self._emission()
        if emission.name != "gaussian":
            raise InvalidSetting("emission", "must be gaussian for hmmlearn", emission.name)
        return to_gaussian_hmm(self.startprob_, self.transmat_, self.means_, self._covariances())

    def to_bytes(self) -> bytes:
        """Versioned bytes without code; see :func:`regime_framework.models.load_model`."""
        from regime_framework.models.storage import dump_model

        return dump_model(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> RegimeModel:
        """Read :meth:`to_bytes`.

        Raises
        ------
        ValueError
            If the bytes are damaged or of an unknown version.
        """
        from regime_framework.models.storage import load_model

        return load_model(data)

    def _check_settings(self) -> None:
        # Settings are stored as they come and checked when they are used.
        if isinstance(self.n_states, bool) or not isinstance(self.n_states, int) or not 2 <= self.n_states <= 5:
            raise InvalidSetting("n_states", "must be a whole number from 2 to 5", self.n_states)

    def _emission(self) -> Emission:
        if not hasattr(self, "emission_"):
            raise NotEnoughData(f"{type(self).__name__} is not fitted yet: call fit first")
        return self.emission_

    def _density(self) -> tuple[FloatArray, FloatArray, float, float, float]:
        self._emission()
        return self._location_and_tails

    def _covariances(self) -> FloatArray:
        return np.asarray((self.volatilities_**2)[:, None])

    def _filtered(self, returns: FloatArray, ranges: FloatArray) -> tuple[Probabilities, float]:
        """Filtered probabilities (T, K), and the log likelihood without what does not depend on the state."""
        density = self._density()
        path = np.empty((returns.shape[0], self.n_states))
        return path, filter_path(returns, ranges, self.startprob_, self.transmat_, *density, path)

    def _arrays(self) -> dict[str, FloatArray]:
        emission = self._emission()
        return {
            "startprob": self.startprob_,
            "transmat": self.transmat_,
            "means": self.means_,
            "volatilities": self.volatilities_,
            "expected_returns": self.expected_returns_,
            "emission": np.array([emission.nu, emission.eta, self.proxy_scale_]),
            "evidence": np.array([self.log_evidence_, self.log_evidence_gain_]),
        }

    def _restore(self, arrays: dict[str, FloatArray], status: Status) -> Self:
        self.startprob_, self.transmat_, self.means_ = arrays["startprob"], arrays["transmat"], arrays["means"]
        self.volatilities_, self.expected_returns_ = arrays["volatilities"], arrays["expected_returns"]
        nu, eta, self.proxy_scale_ = (float(x) for x in arrays["emission"])
        self.emission_ = Emission(nu, eta)
        self.log_evidence_, self.log_evidence_gain_ = (float(x) for x in arrays["evidence"])
        self.status_ = status
        for array in arrays.values():
            array.flags.writeable = False
        # Needed at every bar and at every training.
        location, variances = np.ascontiguousarray(self.means_[:, 0]), self.volatilities_**2 * self.proxy_scale_
        self._location_and_tails = location, variances, nu, eta, self.proxy_scale_
        return self


def _stored(returns: FloatArray, variances: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    returns = np.ascontiguousarray(returns, dtype=np.float64)
    if variances is not None:
        return returns, np.ascontiguousarray(variances, dtype=np.float64)
    ranges = np.empty(returns.shape)
    ranges.fill(np.nan)
    return returns, ranges


def split_observations(X: Observations) -> tuple[FloatArray, FloatArray | None, int]:  # noqa: N803
    """What users hand over, as returns (T,), variances (T,) or None, and the number of rows before the first return.

    Raises
    ------
    InvalidSetting
        If the shape is none of (T,), (T, 1), (T, 4), or a value is not finite.
    """
    values = np.asarray(X, dtype=np.float64)
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim not in (1, 2) or (values.ndim == 2 and values.shape[1] != 4):
        raise InvalidSetting("X", "must have shape (T,), (T, 1) or (T, 4)", values.shape)
    if not np.isfinite(values).all():
        raise InvalidSetting("X", "must hold finite numbers", "NaN or infinity")
    if values.ndim == 1:
        return values, None, 0
    log_open, log_high, log_low, log_close = values.T
    session = 0.5 * (log_high - log_low)[1:] ** 2 - (2 * math.log(2) - 1) * (log_close - log_open)[1:] ** 2
    return np.diff(log_close), np.maximum(session, 0.0) + (log_open[1:] - log_close[:-1]) ** 2, 1
