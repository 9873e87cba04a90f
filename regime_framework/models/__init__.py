"""Regime models: arrays in, arrays out; no clocks, no threads of their own making that outlive a call, no LEAN."""

from __future__ import annotations

from regime_framework.models.em import GaussianRegimeHMM
from regime_framework.models.filter_bank import FilterBank
from regime_framework.models.grid import GridRegimeModel
from regime_framework.models.grid_pass import most_pass_bytes
from regime_framework.models.market import MarketModel, load_market_model, train_market
from regime_framework.models.model import RegimeModel
from regime_framework.models.observations import bar_observations, observe_bars, observe_closes
from regime_framework.models.reference import HmmlearnRegimeModel
from regime_framework.models.storage import load_model
from regime_framework.models.training import fit_many, train_many
from regime_framework.models.windows import FitFailure

__all__ = [
    "FilterBank",
    "FitFailure",
    "GaussianRegimeHMM",
    "GridRegimeModel",
    "HmmlearnRegimeModel",
    "MarketModel",
    "RegimeModel",
    "bar_observations",
    "fit_many",
    "load_market_model",
    "load_model",
    "most_pass_bytes",
    "observe_bars",
    "observe_closes",
    "train_many",
    "train_market",
]
