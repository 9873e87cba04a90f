"""The regime of a whole universe: the cross-section pooled into one observation a day."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.models.emissions import Emission
from regime_framework.models.filter_kernel import MOST_VARIANCES
from regime_framework.models.grid import GridRegimeModel, fit_grids
from regime_framework.models.model import RegimeModel
from regime_framework.models.observations import believable_variances
from regime_framework.models.storage import dump_model, load_model
from regime_framework.models.training import train_many
from regime_framework.models.windows import FitFailure, checked_window

__all__ = ["MarketModel", "load_market_model", "train_market"]

_TAILS: Final = (math.inf, 12.0, 6.0)
# Degrees of freedom of one asset's day: its squared return, or its range.
_CLOSE_FREEDOM: Final = (1.0,)
_RANGE_FREEDOM: Final = (2.0, 4.0, 7.0)
_GUARD_STEPS: Final = 15
_MAGIC: Final = b"market-model\x01"


@dataclass(frozen=True, slots=True, eq=False)
class MarketModel:
    """A regime model of the market and how a day of the universe becomes its observation.

    Parameters
    ----------
    model : RegimeModel
        Takes the observations of :meth:`observe` like any symbol's. Its volatilities are in units of the index.
    source : {"pooled", "index"}
        What explains the index's next squared return better: the pooled cross-section, or the index alone.
    n_effective : float
        Number of independent assets that the cross-section is worth.
    scales : ndarray, shape (S,)
        Variance of each asset in units of the index's variance; NaN for an asset that is left out.
    """

    model: RegimeModel
    source: Literal["pooled", "index"]
    n_effective: float
    scales: FloatArray

    def observe(
        self, returns: FloatArray, variances: FloatArray | None = None
    ) -> tuple[float, float] | tuple[FloatArray, FloatArray]:
        """Index return and variance proxy of one or many days.

        Parameters
        ----------
        returns : ndarray, shape (S,) or (S, T)
            Log returns; NaN where an asset has no bar.
        variances : ndarray, same shape, optional
            Range-based variances; NaN where only the close is known.

        Returns
        -------
        return, variance : floats or ndarrays of shape (T,)
            The equal-weight return and, from a pooled model, the pooled variance; NaN where nothing is known. With a
            model of the index alone the variance is NaN: feed the index's own if it has one.
        """
        returns = np.asarray(returns, dtype=np.float64)
        r = _average(returns)
        if self.source == "index":
            v = np.full(r.shape, np.nan)
        else:
            scales = self.scales.reshape(-1, *[1] * (returns.ndim - 1))
            if variances is not None:
                # As the filter treats a single symbol: an absurd range is no range.
                wildest = self.model.volatilities_[-1] ** 2 * self.model.proxy_scale_
                variances = np.where(variances > MOST_VARIANCES * wildest * scales, np.nan, variances)
            v = _average(_proxies(returns, variances) / scales)
        return (float(r), float(v)) if returns.ndim == 1 else (r, v)

    def fingerprint(self) -> str:
        """Hexadecimal text that differs when any parameter differs."""
        return hashlib.blake2b(self.to_bytes(), digest_size=12).hexdigest()

    def to_bytes(self) -> bytes:
        """Versioned bytes without code; see :func:`load_market_model`."""
        head = np.array([float(self.source == "pooled"), self.n_effective, float(self.scales.shape[0])])
        body = bytes(np.concatenate([head, self.scales]).astype("<f8").tobytes()) + dump_model(self.model)
        return _MAGIC + hashlib.blake2b(body, digest_size=16).digest() + body

    @classmethod
    def from_bytes(cls, data: bytes) -> MarketModel:
        """Read :meth:`to_bytes`; ValueError if damaged."""
        return load_market_model(data)


def load_market_model(data: bytes) -> MarketModel:
    """Read :meth:`MarketModel.to_bytes`.

    Raises
    ------
    ValueError
        If the bytes are not a market model, are damaged, or are of another version.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("not a market model, or one of another version")
    check, body = data[len(_MAGIC) : len(_MAGIC) + 16], data[len(_MAGIC) + 16 :]
    if hashlib.blake2b(body, digest_size=16).digest() != check:
        raise ValueError("damaged market model: checksum differs")
    pooled, n_effective, n_assets = np.frombuffer(body, dtype="<f8", count=3)
    scales = np.frombuffer(body, dtype="<f8", count=int(n_assets), offset=24).astype(np.float64)
    return MarketModel(
        load_model(body[24 + 8 * int(n_assets) :]), "pooled" if pooled else "index", float(n_effective), _frozen(scales)
    )


def train_market(
    returns: FloatArray,
    config: RegimeConfig,
    *,
    variances: FloatArray | None = None,
    index_returns: FloatArray | None = None,
    index_variances: FloatArray | None = None,
) -> MarketModel | FitFailure:
    """Train the market regime of a universe over one window.

    Each asset's variance proxy, divided by its own mean, is averaged over the assets. With n effective assets that
    average has about n degrees of freedom for one of a single squared return, which tempers the product of all
    assets' likelihoods for their correlation. Where assets have regimes of their own the average says little about
    the market: the index alone is modelled too, and whichever predicts the index's squared return better is kept.

    Parameters
    ----------
    returns : ndarray, shape (S, T)
        Log returns. A row that is constant or not finite throughout is left out.
    config : RegimeConfig
        With an estimator other than "grid" the index alone is modelled.
    variances : ndarray, shape (S, T), optional
        Range-based variances; NaN where only the close is known.
    index_returns, index_variances : ndarray, shape (T,), optional
        Of the index; by default the equal-weight return.

    Returns
    -------
    MarketModel or FitFailure

    Raises
    ------
    InvalidSetting
        If the shapes do not agree.
    """
    returns = np.ascontiguousarray(returns, dtype=np.float64)
    if returns.ndim != 2 or returns.shape[0] < 1:
        raise InvalidSetting("returns", "must have shape (S, T) with at least one asset", returns.shape)
    if variances is not None and np.shape(variances) != returns.shape:
        raise InvalidSetting("variances", f"must have the shape of returns {returns.shape}", np.shape(variances))
    usable = np.array([checked_window(row, None) is None for row in returns])
    if not usable.any():
        return checked_window(returns[0], None) or FitFailure("not finite", "no asset has a usable window")
    index = _average(returns[usable]) if index_returns is None else np.asarray(index_returns, dtype=np.float64)
    if index.shape != returns.shape[1:]:
        raise InvalidSetting("index_returns", f"must have shape {returns.shape[1:]}", index.shape)
    ranges = None if index_variances is None else np.asarray(index_variances, dtype=np.float64)[None]
    (alone,) = train_many(index[None], config, variances=ranges, max_workers=1)
    scales = np.full(returns.shape[0], np.nan)
    if isinstance(alone, FitFailure):
        return alone
    by_index = MarketModel(alone, "index", 1.0, _frozen(scales.copy()))
    if config.estimator != "grid" or usable.sum() < 2:
        return by_index
    if config.observation == "close":
        variances = None
    proxies = _proxies(returns, variances)[usable]
    if variances is not None:
        proxies = believable_variances(returns[usable], proxies)
    scales[usable] = proxies.mean(axis=1) / float(((index - index.mean()) ** 2).mean())
    n_effective = effective_assets(returns[usable])
    pooled_variance = _average(proxies / scales[usable][:, None])
    failure = checked_window(index, pooled_variance)
    if failure is not None:
        return by_index
    freedom = _CLOSE_FREEDOM if variances is None or np.isnan(variances[usable]).any(axis=1).all() else _RANGE_FREEDOM
    densities = tuple(
        Emission(n_effective * f, eta)
        for f in freedom
        for eta in _TAILS
        if config.emission == "auto" or math.isinf(eta) == (config.emission == "gaussian")
    )
    model = GridRegimeModel(config.n_states, emission=config.emission, prior="measured")
    fit_grids([model], index[None], pooled_variance[None], densities=densities)
    pooled = MarketModel(model, "pooled", n_effective, _frozen(scales))
    tail = alone.emission_.eta if alone.observation_ == "close" else math.inf
    by_index = replace(by_index, n_effective=n_effective)
    own = None if ranges is None else ranges[0]
    better = _predictive_score(model, index, pooled_variance, tail) > _predictive_score(alone, index, own, tail)
    return pooled if better else by_index


def effective_assets(returns: FloatArray) -> float:
    """Number of independent assets that S correlated ones (S, T) are worth for a variance, 1 to S.

    ``S / (1 + (S - 1) q)`` with q the mean squared correlation of pairs, less what chance gives it.
    """
    n_assets, n_bars = returns.shape
    centred = returns - returns.mean(axis=1, keepdims=True)
    unit = centred / np.sqrt((centred**2).sum(axis=1, keepdims=True))
    squares = float(((unit @ unit.T) ** 2).sum()) - n_assets
    # Rounded: the last bits of a matrix product depend on the BLAS and its threads.
    mean_square = round(max(0.0, squares / (n_assets * (n_assets - 1)) - 1.0 / n_bars), 9)
    return n_assets / (1.0 + (n_assets - 1) * mean_square)


def _predictive_score(model: RegimeModel, index: FloatArray, variances: FloatArray | None, tail: float) -> float:
    # How well yesterday's probabilities explain today's squared return, whatever units the model itself is in.
    predicted = model.filter_window(index, variances)[:-1] @ model.transmat_
    squares = (index[1:] - index.mean()) ** 2
    scale = model.volatilities_**2
    for step in range(_GUARD_STEPS + 1):
        ratio = squares[:, None] / scale
        if math.isinf(tail):
            log_density, weight = -0.5 * (np.log(scale) + ratio), np.ones_like(ratio)
        else:
            log_density = -0.5 * np.log(scale) - 0.5 * (tail + 1.0) * np.log1p(ratio / tail)
            weight = (tail + 1.0) / (tail + ratio)
        joint = predicted * np.exp(log_density)
        total = joint.sum(axis=1, keepdims=True)
        if step == _GUARD_STEPS:
            break
        share = joint / np.maximum(total, 1e-300)
        scale = (share * weight * squares[:, None]).sum(axis=0) / np.maximum(share.sum(axis=0), 1e-9)
        scale = np.maximum(scale, 1e-6 * squares.mean())
    return float(np.log(np.maximum(total, 1e-300)).sum())


def _proxies(returns: FloatArray, variances: FloatArray | None) -> FloatArray:
    squares = returns**2
    return squares if variances is None else np.where(np.isnan(variances), squares, variances)


def _average(values: FloatArray) -> FloatArray:
    # Over the assets that have a value; NaN where none has.
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)


def _frozen(values: FloatArray) -> FloatArray:
    values.flags.writeable = False
    return values
