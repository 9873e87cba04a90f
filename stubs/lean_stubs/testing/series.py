"""Daily price paths for tests, the same for a seed on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["DailyPath", "regime_path"]


@dataclass
class DailyPath:
    """Daily bars of one security without splits: dollars of the last share count, and shares traded.

    Attributes
    ----------
    opens, highs, lows, closes
        Shape (T,), dollars.
    volumes
        Shape (T,), shares.
    states
        Shape (T,), the hidden state of each day; zeros where the path has none.
    """

    opens: npt.NDArray[np.float64]
    highs: npt.NDArray[np.float64]
    lows: npt.NDArray[np.float64]
    closes: npt.NDArray[np.float64]
    volumes: npt.NDArray[np.int64]
    states: npt.NDArray[np.int64]

    @classmethod
    def from_closes(
        cls,
        closes: Sequence[float] | npt.NDArray[np.float64],
        opens: Sequence[float] | npt.NDArray[np.float64] | None = None,
        volume: int = 1_000_000,
    ) -> DailyPath:
        """Bars that open at the previous close (or as given) and reach no further than open and close."""
        ends = np.asarray(closes, dtype=float)
        starts = np.concatenate([ends[:1], ends[:-1]]) if opens is None else np.asarray(opens, dtype=float)
        return cls(
            starts.copy(),
            np.maximum(starts, ends),
            np.minimum(starts, ends),
            ends.copy(),
            np.full(len(ends), volume, dtype=np.int64),
            np.zeros(len(ends), dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.closes)

    def scale_from(self, row: int, factor: float) -> None:
        """Multiply all prices from a day on."""
        for prices in (self.opens, self.highs, self.lows, self.closes):
            prices[row:] *= factor


def regime_path(
    days: int,
    seed: int,
    price: float,
    volatilities: Sequence[float],
    drifts: Sequence[float],
    stay: float,
) -> DailyPath:
    """A path whose daily log returns come from a Markov chain of Gaussian states.

    Parameters
    ----------
    days
        Number of bars.
    seed
        The path depends on it alone.
    price
        First close, dollars.
    volatilities, drifts
        Standard deviation and mean of the daily log return, one a state.
    stay
        Probability of staying in a state from one day to the next.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    count = len(volatilities)
    uniform, noise, spread = rng.random(days), rng.standard_normal(days), np.abs(rng.standard_normal((days, 2)))
    states = np.zeros(days, dtype=np.int64)
    for t in range(1, days):
        if uniform[t] < stay or count == 1:
            states[t] = states[t - 1]
        else:
            # The rest of the draw chooses among the other states.
            step = 1 + int((uniform[t] - stay) / (1 - stay) * (count - 1))
            states[t] = (states[t - 1] + min(step, count - 1)) % count
    sigma = np.asarray(volatilities, dtype=float)[states]
    returns = np.asarray(drifts, dtype=float)[states] + sigma * noise
    returns[0] = 0.0
    closes = price * np.exp(np.cumsum(returns))
    path = DailyPath.from_closes(closes)
    path.highs *= np.exp(0.3 * sigma * spread[:, 0])
    path.lows *= np.exp(-0.3 * sigma * spread[:, 1])
    path.volumes = (1_000_000 * (1 + sigma / sigma.min() * uniform)).astype(np.int64)
    path.states = states
    return path
