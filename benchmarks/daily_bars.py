"""Open, high, low and close of simulated days, each walked in small Gaussian steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.worlds import Chain, Floats, States

__all__ = ["BarPaths", "simulate_bars"]

_STEPS: Final = 78
_OVERNIGHT: Final = 0.25


@dataclass(frozen=True, slots=True)
class BarPaths:
    """Bars (S, T + 1, 4) and true states (S, T): bar 0 only gives the first day its previous close."""

    bars: Floats
    states: States

    @property
    def returns(self) -> Floats:
        """Close-to-close log returns (S, T)."""
        return np.diff(np.log(self.bars[:, :, 3]), axis=1)


def simulate_bars(chain: Chain, n_series: int, n_days: int, seed: int, *, noise: float = 0.0, false_ticks: float = 0.0) -> BarPaths:
    """Days of a Gaussian chain of regimes as bars (own; 78 five-minute steps, a quarter of the variance overnight).

    Parameters
    ----------
    noise : float, default 0.0
        Standard deviation of the logarithm of a factor on each day's volatility, drawn anew every day and scaled to leave
        the mean variance alone: regimes explain a day's volatility only in part, as in real markets.
    false_ticks : float, default 0.0
        Share of days with a false print: a low at a tenth of the price, or a high at ten times it.
    """
    paths = chain.simulate(n_series, n_days, seed)
    volatilities = np.array(chain.volatilities)[paths.states]
    drifts = np.array(chain.means)[paths.states]
    bars = np.full((n_series, n_days + 1, 4), 100.0)
    for series in range(n_series):
        generator = np.random.default_rng([seed, series, 1])
        sigma = volatilities[series] * np.exp(noise * generator.standard_normal(n_days) - noise**2)
        overnight = np.sqrt(_OVERNIGHT) * sigma * generator.standard_normal(n_days)
        steps = np.sqrt((1.0 - _OVERNIGHT) / _STEPS) * sigma[:, None] * generator.standard_normal((n_days, _STEPS))
        walk = np.cumsum(steps + drifts[series, :, None] / _STEPS, axis=1)
        opens = np.log(100.0) + np.cumsum(overnight) + np.append(0.0, np.cumsum(walk[:-1, -1]))
        bars[series, 1:, 0] = opens
        bars[series, 1:, 1] = opens + np.maximum(walk.max(axis=1), 0.0)
        bars[series, 1:, 2] = opens + np.minimum(walk.min(axis=1), 0.0)
        bars[series, 1:, 3] = opens + walk[:, -1]
    bars[:, 1:] = np.exp(bars[:, 1:])
    for series in range(n_series if false_ticks else 0):
        generator = np.random.default_rng([seed, series, 2])
        days = 1 + np.flatnonzero(generator.random(n_days) < false_ticks)
        lows = generator.random(len(days)) < 0.5
        bars[series, days[lows], 2] /= 10.0
        bars[series, days[~lows], 1] *= 10.0
    return BarPaths(bars, paths.states)
