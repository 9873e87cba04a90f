"""When a model is trained anew, on the algorithm's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import numpy as np

from regime_framework._typing import Flags, Indices
from regime_framework.config import RegimeConfig, RetrainRule
from regime_framework.errors import InvalidSetting
from regime_framework.service.clock import micros, to_utc

__all__ = ["RetrainSchedule"]

_DAY: Final = 86_400_000_000
_MONDAY: Final = 3  # days from 1970-01-01, a Thursday, back to the Monday of its week
_NOMINAL: Final = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=30)}


class RetrainSchedule:
    """Whether a new training is due.

    Parameters
    ----------
    rule : {"never", "monthly", "weekly", "daily"}, int or timedelta
        "monthly", "weekly" and "daily" are due at the first bar of a new calendar month, ISO week or date (UTC);
        an int after that many bars, a timedelta once that much time has passed. "never" trains once.

    Raises
    ------
    InvalidSetting
        If the rule is none of these.
    """

    def __init__(self, rule: RetrainRule) -> None:
        self.rule: RetrainRule = RegimeConfig(retrain=rule).retrain

    def __repr__(self) -> str:
        return f"RetrainSchedule({self.rule!r})"

    def due(self, last_fit: datetime | None, now: datetime, bars_since: int | None = None) -> bool:
        """Whether a training is due at `now`.

        Parameters
        ----------
        last_fit : datetime or None
            Algorithm time of the last training; None if there was none, and then a training is always due.
        now : datetime
            Algorithm time.
        bars_since : int, optional
            Bars since the last training; needed by rules that count bars.
        """
        if last_fit is None:
            return True
        since = None if bars_since is None else np.array([bars_since])
        fit = np.array([micros(to_utc("last_fit", last_fit))])
        return bool(self.due_many(fit, micros(to_utc("now", now)), since)[0])

    def due_many(self, last_fits: Indices, now: int, bars_since: Indices | None = None) -> Flags:
        """:meth:`due` for many symbols at once.

        Parameters
        ----------
        last_fits : ndarray, shape (S,)
            Microseconds since 1970.
        now : int
            Microseconds since 1970.
        bars_since : ndarray, shape (S,), optional
            Bars since the last training.
        """
        rule = self.rule
        if rule == "never":
            return np.zeros(len(last_fits), np.bool_)
        if isinstance(rule, timedelta):
            return np.asarray(now - last_fits >= rule // timedelta(microseconds=1))
        if isinstance(rule, int):
            if bars_since is None:
                raise InvalidSetting("bars_since", f"must be given for a schedule of {rule} bars", None)
            return np.asarray(bars_since >= rule)
        return np.asarray(_period(rule, last_fits) < _period(rule, np.array([now])))

    @property
    def nominal(self) -> timedelta | None:
        """Usual time between trainings; a bar counts as a day, None stands for never."""
        if isinstance(self.rule, timedelta):
            return self.rule
        return timedelta(days=self.rule) if isinstance(self.rule, int) else _NOMINAL.get(self.rule)


def _period(rule: str, moments: Indices) -> Indices:
    days = moments // _DAY
    if rule == "daily":
        return np.asarray(days)
    if rule == "weekly":
        return np.asarray((days + _MONDAY) // 7)
    return days.astype("M8[D]").astype("M8[M]").astype(np.int64)
