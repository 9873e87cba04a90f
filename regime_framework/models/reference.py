"""hmmlearn behind the same contract; the one place that knows hmmlearn."""

from __future__ import annotations

import logging
from typing import Any, ClassVar, Self

import numpy as np

from regime_framework._typing import FloatArray, Observations
from regime_framework.errors import FitError
from regime_framework.models.em import (
    COVARIANCE_PRIOR,
    GaussianRegimeHMM,
    features_of,
    refusal,
    sticky_prior,
)
from regime_framework.models.em_result import finished_row
from regime_framework.models.em_start import EmParameters, informed_start, standardised
from regime_framework.models.model import Status
from regime_framework.models.windows import checked_features

__all__ = ["HmmlearnRegimeModel", "to_gaussian_hmm"]


def _gaussian_hmm(n_states: int, full: bool, **settings: Any) -> Any:
    # Imported late: it brings scikit-learn, which most users of the package never need.
    from hmmlearn.hmm import GaussianHMM

    return GaussianHMM(n_states, covariance_type="full" if full else "diag", **settings)


def to_gaussian_hmm(start: FloatArray, transition: FloatArray, means: FloatArray, covariances: FloatArray) -> Any:
    """A ``GaussianHMM`` with these parameters; covariances (K, D) or (K, D, D)."""
    model = _gaussian_hmm(start.shape[0], covariances.ndim == 3)
    model.n_features = means.shape[1]
    model.startprob_, model.transmat_ = np.array(start), np.array(transition)
    model.means_, model.covars_ = np.array(means), np.array(covariances)
    return model


class HmmlearnRegimeModel(GaussianRegimeHMM):
    """The same start, priors and scaling as :class:`GaussianRegimeHMM`, iterated by hmmlearn itself."""

    kind: ClassVar[str] = "hmmlearn"

    def fit(self, X: Observations, *, start: EmParameters | None = None) -> Self:  # noqa: N803
        self._check_settings()
        x = features_of(X)
        failure = checked_features(x)
        if failure is not None:
            raise FitError(failure.message)
        scaled, shift, scale = (row[0] for row in standardised(x[None]))
        full = self.covariance == "full"
        model = _gaussian_hmm(
            self.n_states,
            full,
            transmat_prior=sticky_prior(self.n_states, self.persistence),
            covars_prior=COVARIANCE_PRIOR * np.eye(x.shape[1]) if full else COVARIANCE_PRIOR,
            init_params="",
            n_iter=self.n_iter,
            tol=self.tol,
        )
        begun = informed_start(scaled, self.n_states) if start is None else start.scaled(shift, scale)
        model.startprob_, model.transmat_, model.means_ = begun.start, begun.transition, begun.means
        model.covars_ = begun.covariances if full else np.diagonal(begun.covariances, axis1=1, axis2=2).copy()
        # It warns whenever the likelihood falls, which a prior makes it do, and calls that converged.
        logger = logging.getLogger("hmmlearn")
        level = logger.level
        logger.setLevel(logging.ERROR)
        try:
            model.fit(scaled)
            days = model.predict_proba(scaled).sum(axis=0)
        except ValueError as error:
            raise FitError(f"degenerate: {error}") from error
        finally:
            logger.setLevel(level)
        fitted = EmParameters(
            np.asarray(model.startprob_), np.asarray(model.transmat_), np.asarray(model.means_), np.array(model.covars_)
        )
        message = refusal(days, broken=not fitted.finite())
        if message is not None:
            raise FitError(message)
        history = model.monitor_.history
        status: Status = "max_iter" if len(history) >= self.n_iter else "converged"
        row = finished_row(fitted, days, float(history[-1]), x.shape[0], shift, scale)
        return self._take(row, x.shape[1], status)
