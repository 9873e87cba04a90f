"""Trainings on their way from the bars that made them due to the models that come into use."""

from __future__ import annotations

from dataclasses import dataclass

from regime_framework._typing import FloatArray
from regime_framework.models import MarketModel, RegimeModel
from regime_framework.service.keys import ModelKey
from regime_framework.service.updater import TrainingRequest

__all__ = ["Job", "Trained"]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A training that is due.

    Parameters
    ----------
    row : int
    at : int
        Algorithm time, in microseconds since 1970.
    key : ModelKey
    request : TrainingRequest
    """

    row: int
    at: int
    key: ModelKey
    request: TrainingRequest


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A model that is to be used from now on.

    Parameters
    ----------
    job : Job
    model : RegimeModel
    path : ndarray, shape (T, K)
        Filtered probabilities of the training window.
    market : MarketModel, optional
    """

    job: Job
    model: RegimeModel
    path: FloatArray
    market: MarketModel | None = None
