"""The regime as an indicator in LEAN's protocol."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from AlgorithmImports import PythonIndicator

from regime_framework._typing import Probabilities
from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.lean.clock import aware
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.service import RegimeService

__all__ = ["RegimeIndicator"]

_ROW = "indicator"


class RegimeIndicator(PythonIndicator):
    """Risk index of the reported regime: 0 (BULL) to 4 (CRISIS), from daily bars or closes.

    Parameters
    ----------
    config : RegimeConfig, optional
    name : str, default "Regime"

    Attributes
    ----------
    regime : Regime or None
        The reported regime; None until ready.
    probabilities : ndarray, shape (K,), or None
        Filtered probabilities of all states, calmest first.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(self, config: RegimeConfig | None = None, name: str = "Regime") -> None:
        super().__init__()
        self.name = name
        self.value = 0.0
        self._config = RegimeConfig() if config is None else config
        # One return less than prices.
        self.warm_up_period = self._config.min_bars + 1
        self._service = self._begin()
        self._estimate: RegimeEstimate | None = None
        self._end: datetime | None = None

    def _begin(self) -> RegimeService:
        service = RegimeService(self._config)
        service.add(_ROW)
        return service

    @property
    def is_ready(self) -> bool:
        """Whether a model has been trained."""
        return self._estimate is not None

    IsReady = is_ready

    @property
    def regime(self) -> Regime | None:
        """The reported regime; None until ready."""
        return None if self._estimate is None else self._estimate.regime

    @property
    def probabilities(self) -> Probabilities | None:
        """Filtered probabilities, shape (K,), calmest first; None until ready."""
        return None if self._estimate is None else self._estimate.probabilities

    def update(self, *arguments: Any) -> bool:
        """Take a daily bar, a point with a value, or a time and a value.

        Returns
        -------
        bool
            Whether the indicator is ready.
        """
        price: float | PriceBar
        if len(arguments) == 2:
            time, price = arguments[0], float(arguments[1])
        else:
            time, price = arguments[0].end_time, _price(arguments[0])
        # The exchange's clock, read as UTC: an indicator has no exchange, and its regimes depend on the order only.
        end = aware(time)
        if self._end is None or end > self._end:
            self._end = end
            estimate = self._service.update(end, {_ROW: price}).get(_ROW)
            if estimate is not None:
                self._estimate, self.value = estimate, float(estimate.regime.risk)
        return self.is_ready

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self._service, self._estimate, self._end, self.value = self._begin(), None, None, 0.0

    Update = update
    Reset = reset


def _price(point: Any) -> float | PriceBar:
    if not hasattr(point, "high"):
        return float(point.value)
    return PriceBar(float(point.open), float(point.high), float(point.low), float(point.close))
