"""What a regime model is and when it is trained anew."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias

from regime_framework.errors import InvalidSetting

__all__ = ["EmissionName", "EstimatorName", "ObservationName", "RegimeConfig", "RetrainRule"]

EstimatorName: TypeAlias = Literal["grid", "em", "hmmlearn"]
ObservationName: TypeAlias = Literal["auto", "close", "range"]
EmissionName: TypeAlias = Literal["auto", "gaussian", "student_t"]
RetrainRule: TypeAlias = Literal["never", "monthly", "weekly", "daily"] | int | timedelta

_CALENDAR: Final = ("never", "monthly", "weekly", "daily")
_MIN_BARS: Final = 252


@dataclass(frozen=True, slots=True)
class RegimeConfig:
    """Settings of one regime model; hashable, so that it can be part of a cache key.

    The defaults are what simulations and real markets say; the figures below are shares of days found online on the published
    simulations, more of them with their errors in docs/accuracy.md.

    Parameters
    ----------
    n_states : int, default 2
        Regimes to tell apart, 2 to 5. Two are found reliably from daily closes: .93 of the days, as many as by who knows the
        true parameters. Three are found less well by everything (.80) and need a long window.
    lookback : int or None, default 504
        Bars in the training window; None lets the window grow with the data. Two states lose nothing with 504 bars (.941 beside
        .943 with 1,000) and gain 13 points after a break; three want 1,000 or None.
    min_bars : int, default 252
        Bars needed before the first training. A `lookback` below the default brings it down with it.
    retrain : {"never", "monthly", "weekly", "daily"}, int or timedelta, default "monthly"
        When to train anew on the algorithm's clock; an int counts bars.
    estimator : {"grid", "em", "hmmlearn"}, default "grid"
        "grid" is the posterior mean over a fixed grid of models, "em" Baum-Welch in our own kernels,
        "hmmlearn" the reference itself. Online the grid finds .93 of the days of two states where EM finds .87, and .80 of three
        where EM finds .67.
    observation : {"auto", "close", "range"}, default "auto"
        What is observed: squared returns, or the range-based variance of whole bars; "auto" takes the range
        where whole bars come in: .99 of the days of two states, .92 of three.
    emission : {"auto", "gaussian", "student_t"}, default "auto"
        Density of the observations given the regime; "auto" decides by evidence: nothing lost on Gaussian returns, .91 of the
        days beside .84 on fat-tailed ones.
    switch_probability : float, default 0.8
        A new regime is reported once its filtered probability exceeds this; 0 reports the likeliest. With .8 two
        states switch 1.1 times a year instead of 2.5, nearly all of them true, at the same accuracy.
    persistence : float, default 100.0
        EM only: prior weight of staying in a regime, in days.
    n_iter : int, default 100
        EM only: most iterations.
    tol : float, default 1e-4
        EM only: stop when the penalised objective gains less than this.

    Raises
    ------
    InvalidSetting
        If a value breaks its rule; the text names parameter, rule and value.
    """

    n_states: int = 2
    _: KW_ONLY
    lookback: int | None = 504
    min_bars: int = _MIN_BARS
    retrain: RetrainRule = "monthly"
    estimator: EstimatorName = "grid"
    observation: ObservationName = "auto"
    emission: EmissionName = "auto"
    switch_probability: float = 0.8
    persistence: float = 100.0
    n_iter: int = 100
    tol: float = 1e-4

    def __post_init__(self) -> None:
        _whole("n_states", self.n_states, 2, 5)
        if self.lookback is not None:
            _whole("lookback", self.lookback, 20)
        _whole("min_bars", self.min_bars, 20)
        if self.lookback is not None and self.lookback < self.min_bars == _MIN_BARS:
            object.__setattr__(self, "min_bars", self.lookback)
        if self.lookback is not None and self.min_bars > self.lookback:
            raise InvalidSetting("min_bars", f"must be at most lookback ({self.lookback})", self.min_bars)
        _retrain(self.retrain)
        _one_of("estimator", self.estimator, ("grid", "em", "hmmlearn"))
        _one_of("observation", self.observation, ("auto", "close", "range"))
        _one_of("emission", self.emission, ("auto", "gaussian", "student_t"))
        _real("switch_probability", self.switch_probability, 0.0, 1.0, below=True)
        _real("persistence", self.persistence, 0.0)
        _whole("n_iter", self.n_iter, 1)
        _real("tol", self.tol, 0.0)


def _whole(name: str, value: object, low: int, high: int | None = None) -> None:
    rule = f"must be a whole number from {low} to {high}" if high is not None else f"must be a whole number of at least {low}"
    if isinstance(value, bool) or not isinstance(value, int) or value < low or (high is not None and value > high):
        raise InvalidSetting(name, rule, value)


def _real(name: str, value: object, low: float, high: float | None = None, *, below: bool = False) -> None:
    rule = f"must be a number of at least {low:g}" + (
        f" and {'below' if below else 'at most'} {high:g}" if high is not None else ""
    )
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < low:
        raise InvalidSetting(name, rule, value)
    if high is not None and (value >= high if below else value > high):
        raise InvalidSetting(name, rule, value)


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InvalidSetting(name, f"must be one of {list(choices)}", value)


def _retrain(value: object) -> None:
    rule = f"must be one of {list(_CALENDAR)}, a positive number of bars or a positive timedelta"
    if isinstance(value, timedelta):
        if value <= timedelta(0):
            raise InvalidSetting("retrain", rule, value)
    elif isinstance(value, bool) or not (value in _CALENDAR if isinstance(value, str) else isinstance(value, int) and value > 0):
        raise InvalidSetting("retrain", rule, value)
