"""The vocabulary of results: what a regime is called and what is known about it at a bar."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from regime_framework._typing import Probabilities
from regime_framework.errors import InvalidSetting

__all__ = ["Regime", "RegimeEstimate"]


class Regime(enum.Enum):
    """Market regime, ordered by risk: ``Regime.BULL < Regime.CRISIS``.

    States are ordered by volatility when a model is fitted, so a name says how risky the market is;
    which way it drifts is said by :attr:`RegimeEstimate.expected_return`.
    """

    BULL = "Bull"
    RECOVERY = "Recovery"
    SIDEWAYS = "Sideways"
    BEAR = "Bear"
    CRISIS = "Crisis"

    @property
    def risk(self) -> int:
        """0 (BULL) to 4 (CRISIS)."""
        return _RISK[self]

    @classmethod
    def of_states(cls, n_states: int) -> tuple[Regime, ...]:
        """Names of a model's states, calmest first.

        Raises
        ------
        InvalidSetting
            If `n_states` is not between 2 and 5.
        """
        try:
            return _BY_STATES[n_states]
        except (KeyError, TypeError):
            raise InvalidSetting("n_states", "must be a whole number from 2 to 5", n_states) from None

    @classmethod
    def parse(cls, name: Regime | str) -> Regime:
        """A regime from itself or from its name in any case.

        Raises
        ------
        InvalidSetting
            If there is no regime of that name.
        """
        if isinstance(name, cls):
            return name
        try:
            return cls[str(name).upper()]
        except KeyError:
            raise InvalidSetting("regime", f"must be one of {[r.name for r in cls]}", name) from None

    def __lt__(self, other: object) -> bool:
        return self.risk < other.risk if isinstance(other, Regime) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.risk <= other.risk if isinstance(other, Regime) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.risk > other.risk if isinstance(other, Regime) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.risk >= other.risk if isinstance(other, Regime) else NotImplemented

    def __str__(self) -> str:
        return self.value


_RISK = {regime: index for index, regime in enumerate(Regime)}
_BY_STATES = {
    2: (Regime.BULL, Regime.BEAR),
    3: (Regime.BULL, Regime.SIDEWAYS, Regime.BEAR),
    4: (Regime.BULL, Regime.SIDEWAYS, Regime.BEAR, Regime.CRISIS),
    5: (Regime.BULL, Regime.RECOVERY, Regime.SIDEWAYS, Regime.BEAR, Regime.CRISIS),
}


@dataclass(frozen=True, slots=True, eq=False)
class RegimeEstimate:
    """What is known about one symbol's regime at one bar, from bars up to that one only.

    Parameters
    ----------
    symbol : str
    as_of : datetime
        End of the last bar used, aware UTC.
    regime : Regime
        The reported regime.
    state : int
        Its index among the model's K states, calmest first.
    probabilities : ndarray, shape (K,)
        Filtered probabilities of all states; read-only, sums to one.
    confidence : float
        Filtered probability of the reported regime.
    expected_return, volatility : float
        Daily mean log return and daily standard deviation in the reported regime.
    changed : bool
        The reported regime differs from the previous bar's.
    bars : int
        Bars seen by the filter so far.
    trained_at : datetime
        Algorithm time at which the model in use was trained, aware UTC.
    fingerprint : str
        Identifies the model in use by everything that it depends on.
    """

    symbol: str
    as_of: datetime
    regime: Regime
    state: int
    probabilities: Probabilities
    confidence: float
    expected_return: float
    volatility: float
    changed: bool
    bars: int
    trained_at: datetime
    fingerprint: str

    def _identity(self) -> tuple[object, ...]:
        return (
            self.symbol,
            self.as_of,
            self.regime,
            self.probabilities.tobytes(),
            self.expected_return,
            self.volatility,
            self.changed,
            self.bars,
            self.trained_at,
            self.fingerprint,
        )

    def __eq__(self, other: object) -> bool:
        return self._identity() == other._identity() if isinstance(other, RegimeEstimate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity())
