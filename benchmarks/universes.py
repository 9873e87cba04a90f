"""Simulated universes: many assets that share regimes, or only seem to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.worlds import Chain, Floats, States, unit_shocks

__all__ = ["Universe", "simulate_universe"]

_STEPS: Final = 78


@dataclass(frozen=True, slots=True)
class Universe:
    """Bars (S, T + 1, 4) of the assets and the market's true states (T,): bar 0 only gives the first day its previous close."""

    bars: Floats
    states: States

    @property
    def returns(self) -> Floats:
        """Close-to-close log returns (S, T)."""
        return np.diff(np.log(self.bars[:, :, 3]), axis=1)


def simulate_universe(
    chain: Chain,
    n_assets: int,
    n_days: int,
    seed: int,
    *,
    correlation: float = 0.3,
    power: float = 1.0,
    own_regimes: bool = False,
    noise: float = 0.0,
) -> Universe:
    """Assets that are each a common factor in the chain's regimes plus a part of their own (own world).

    Within a day both parts walk in 78 steps to their closes, so that the ranges of assets are correlated as their returns are.

    Parameters
    ----------
    correlation : float
        Share of an asset's average variance that is the common factor's.
    power : float, default 1.0
        The volatility of the own part follows the regime as (common volatility) ** power; 0: not at all.
    own_regimes : bool, default False
        The own part of each asset follows a regime path of its own, unrelated to the market's.
    noise : float, default 0.0
        Standard deviation of the logarithm of a factor on a day's volatility, one for all assets.
    """
    market = chain.simulate(1, n_days, seed)
    level = np.array(chain.volatilities)
    average = float(np.sqrt((chain.stationary * level**2).sum()))
    generator = np.random.default_rng([seed, 0, 2])
    day_factor = np.exp(noise * generator.standard_normal(n_days) - noise**2)
    states = chain.simulate(n_assets, n_days, seed + 500_009).states if own_regimes else np.tile(market.states, (n_assets, 1))
    relative = (level / average) ** power
    relative *= average * np.sqrt((1.0 - correlation) / correlation / (chain.stationary * relative**2).sum())
    common = _walk(generator, market.returns[0] * day_factor, level[market.states[0]] * day_factor)
    bars = np.full((n_assets, n_days + 1, 4), np.log(100.0))
    for asset in range(n_assets):
        sigma = relative[states[asset]] * day_factor
        path = common + _walk(generator, sigma * unit_shocks(generator, n_days, chain.tail), sigma)
        path *= np.exp(0.3 * generator.standard_normal())
        opens = np.log(100.0) + np.append(0.0, np.cumsum(path[:-1, -1]))
        bars[asset, 1:, 0] = opens
        bars[asset, 1:, 1] = opens + np.maximum(path.max(axis=1), 0.0)
        bars[asset, 1:, 2] = opens + np.minimum(path.min(axis=1), 0.0)
        bars[asset, 1:, 3] = opens + path[:, -1]
    return Universe(np.exp(bars), market.states[0])


def _walk(generator: np.random.Generator, ends: Floats, sigma: Floats) -> Floats:
    """Brownian bridges (T, 78) of the day's volatility from 0 to the day's return."""
    steps = generator.standard_normal((len(ends), _STEPS)) * (sigma[:, None] / np.sqrt(_STEPS))
    walk = np.cumsum(steps, axis=1)
    return np.asarray(walk + np.arange(1, _STEPS + 1) / _STEPS * (ends - walk[:, -1])[:, None])
