"""Simulated universes: many assets that share regimes, or only seem to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.daily_bars import BarPaths
from benchmarks.worlds import Chain, Floats, States, unit_shocks

__all__ = ["Universe", "simulate_universe", "universe_bars"]


@dataclass(frozen=True, slots=True)
class Universe:
    """Log returns (S, T) of the assets, of their index (T,), and the index's true states (T,)."""

    returns: Floats
    index: Floats
    states: States


def simulate_universe(
    chain: Chain, n_assets: int, n_days: int, seed: int, *, correlation: float = 0.3, power: float = 1.0, own_regimes: bool = False
) -> Universe:
    """Assets of one common factor in the chain's regimes (own).

    Parameters
    ----------
    correlation : float
        Share of an asset's average variance that is the common factor's.
    power : float, default 1.0
        The asset's own volatility follows the regime as (common volatility) ** power; 0: not at all.
    own_regimes : bool, default False
        Each asset's own part follows a regime path of its own, unrelated to the market's.
    """
    market = chain.simulate(1, n_days, seed)
    level = np.array(chain.volatilities)
    average = float(np.sqrt((chain.stationary * level**2).sum()))
    generator = np.random.default_rng([seed, 0, 2])
    shocks = np.stack([unit_shocks(generator, n_days, chain.tail) for _ in range(n_assets)])
    states = chain.simulate(n_assets, n_days, seed + 500_009).states if own_regimes else market.states
    relative = (level / average) ** power
    relative /= np.sqrt((chain.stationary * relative**2).sum())
    own = average * np.sqrt((1.0 - correlation) / correlation) * relative[states] * shocks
    sizes = np.exp(0.3 * generator.standard_normal(n_assets))[:, None]
    returns = sizes * (market.returns + own)
    return Universe(returns, market.returns[0] + own.mean(axis=0), market.states[0])


def universe_bars(universe: Universe, seed: int, *, steps: int = 78) -> BarPaths:
    """Bars of each asset that end at the universe's closes: within a day a bridge of the size of the regime's volatility.

    A day's variance is the one its state has on average, so that the range tells what it would tell of a real day.
    """
    n_assets, n_days = universe.returns.shape
    states = np.broadcast_to(universe.states, universe.returns.shape)
    sigma = np.empty_like(universe.returns)
    for state in range(int(universe.states.max()) + 1):
        days = universe.states == state
        sigma[:, days] = universe.returns[:, days].std(axis=1, keepdims=True)
    generator = np.random.default_rng([seed, 0, 3])
    closes = np.log(100.0) + np.cumsum(universe.returns, axis=1)
    previous = np.concatenate([np.full((n_assets, 1), np.log(100.0)), closes[:, :-1]], axis=1)
    bars = np.full((n_assets, n_days + 1, 4), np.log(100.0))
    grid = np.arange(1, steps + 1) / steps
    for asset in range(n_assets):
        walk = np.cumsum(generator.standard_normal((n_days, steps)), axis=1) * (sigma[asset, :, None] / np.sqrt(steps))
        path = previous[asset, :, None] + walk + grid * (universe.returns[asset] - walk[:, -1])[:, None]
        bars[asset, 1:, 0] = previous[asset]
        bars[asset, 1:, 1] = np.maximum(path.max(axis=1), previous[asset])
        bars[asset, 1:, 2] = np.minimum(path.min(axis=1), previous[asset])
        bars[asset, 1:, 3] = closes[asset]
    return BarPaths(np.exp(bars), states.copy())
