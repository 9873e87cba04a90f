"""The text on an insight that says where it came from, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from regime_framework.errors import InvalidSetting
from regime_framework.regimes import Regime, RegimeEstimate

__all__ = ["RegimeTag"]

_PATTERN = re.compile(r"regime=(?P<regime>\w+) p=(?P<p>\d\.\d+) model=(?P<day>\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class RegimeTag:
    """What an insight's tag carries; its text is ``regime=Bear p=0.93 model=2019-03-01``.

    Parameters
    ----------
    regime : Regime
    probability : float
        Filtered probability of the regime when the insight was made.
    model_date : date
        Day, in UTC, on which the model was trained.
    """

    regime: Regime
    probability: float
    model_date: date

    @classmethod
    def of(cls, estimate: RegimeEstimate) -> RegimeTag:
        """The tag for an estimate."""
        return cls(estimate.regime, estimate.confidence, estimate.trained_at.date())

    @classmethod
    def parse(cls, text: str) -> RegimeTag:
        """Read a tag.

        Raises
        ------
        InvalidSetting
            If the text is not one of ours.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise InvalidSetting("tag", "must look like 'regime=Bear p=0.93 model=2019-03-01'", text)
        return cls(Regime.parse(match["regime"]), float(match["p"]), date.fromisoformat(match["day"]))

    def __str__(self) -> str:
        return f"regime={self.regime} p={self.probability:.2f} model={self.model_date.isoformat()}"
