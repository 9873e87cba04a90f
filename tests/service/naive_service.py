"""The service's rules once more, one symbol at a time and one bar after the other, for comparison."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from regime_framework import PriceBar, RegimeConfig
from regime_framework.models import FitFailure, observe_bars, observe_closes, train_many


class NaiveSymbol:
    """Everything about one symbol; `estimate()` gives what the service should report."""

    def __init__(self, config: RegimeConfig) -> None:
        self.config = config
        self.last_close: float | None = None
        self.last_end: datetime | None = None
        self.observations: list[tuple[float, float]] = []
        self.bars = 0
        self.model: Any = None
        self.belief: Any = None
        self.state: int | None = None
        self.changed = False
        self.renamed = False
        self.trained_at: datetime | None = None
        self.tried_at: datetime | None = None
        self.tried_bars = 0

    def accept(self, end: datetime, price: float | PriceBar) -> bool:
        """Take a bar in and step the belief; False if the bar is old or bad."""
        close = price.close if isinstance(price, PriceBar) else price
        if self.last_end is not None and end <= self.last_end:
            return False
        if not (math.isfinite(close) and close > 0):
            return False
        if self.last_close is not None:
            self.observations.append(self._observe(price))
            if self.model is not None:
                self._step()
        self.last_close, self.last_end = close, end
        self.bars += 1
        return True

    def _observe(self, price: float | PriceBar) -> tuple[float, float]:
        assert self.last_close is not None
        if isinstance(price, PriceBar) and self.config.observation != "close":
            first, high, low, close = price
            sane = all(math.isfinite(p) and p > 0 for p in price) and low <= min(first, close) and high >= max(first, close)
            if sane:
                returns, variances = observe_bars(np.array([[self.last_close] * 4, list(price)]))
                return float(returns[0]), float(variances[0])
        close = price.close if isinstance(price, PriceBar) else price
        return float(observe_closes(np.array([self.last_close, close]))[0]), math.nan

    def _step(self) -> None:
        returns, variance = self.observations[-1]
        self.belief = self.model.step(self.belief, returns, None if math.isnan(variance) else variance)

    def due(self, now: datetime) -> bool:
        if self.bars < self.config.min_bars:
            return False
        if self.model is None:
            return True
        rule, since = self.config.retrain, self.tried_at
        assert since is not None
        if rule == "never":
            return False
        if isinstance(rule, timedelta):
            return now - since >= rule
        if isinstance(rule, int):
            return self.bars - self.tried_bars >= rule
        if rule == "daily":
            return now.date() > since.date()
        if rule == "weekly":
            return now.isocalendar()[:2] > since.isocalendar()[:2]
        return (now.year, now.month) > (since.year, since.month)

    def train(self, now: datetime) -> bool:
        self.tried_at, self.tried_bars = now, self.bars
        window = self.observations
        if self.config.lookback is not None:
            window = window[-(self.config.lookback - 1) :]
        returns, variances = (np.array(column)[None] for column in zip(*window, strict=True))
        [model] = train_many(returns, self.config, variances=None if np.isnan(variances).all() else variances)
        if isinstance(model, FitFailure):
            return False
        path = model.filter_window(returns[0], None if np.isnan(variances).all() else variances[0])
        if self.state is not None and self.model.n_states != model.n_states:
            reported = self.model.regimes_[self.state]
            distances = [abs(regime.risk - reported.risk) for regime in model.regimes_]
            self.state = distances.index(min(distances))
            self.renamed = model.regimes_[self.state] is not reported
        self.model, self.trained_at = model, now
        self.belief = path[-1]
        if self.state is None:
            for belief in path:
                self.state = self.ruled(belief)
            if self.state is None:
                self.state = int(path[-1].argmax())
        return True

    def ruled(self, belief: Any) -> int | None:
        """The reported state after a bar: the likeliest one once it is likely enough."""
        likeliest = int(belief.argmax())
        return likeliest if belief[likeliest] > self.config.switch_probability else self.state

    def report(self) -> None:
        if self.model is not None:
            before, self.state = self.state, self.ruled(self.belief)
            self.changed = self.state != before or self.renamed
            self.renamed = False

    def bar(self, now: datetime, price: float | PriceBar) -> None:
        if self.accept(now, price):
            if self.due(now):
                self.train(now)
            self.report()

    def history(self, prices: list[Any], times: list[datetime]) -> None:
        """Bars one by one with the model at hand, then a training if one is due."""
        taken = False
        for place, (price, end) in enumerate(zip(prices, times, strict=True)):
            last_to_come = place == len(prices) - 1
            if self.accept(end, price):
                taken = True
                if self.model is not None and not last_to_come:
                    self.report()
        if not taken:
            return
        assert self.last_end is not None
        if self.due(self.last_end):
            self.train(self.last_end)
        self.report()

    def split(self, factor: float) -> None:
        if self.last_close is not None:
            self.last_close *= factor

    def estimate(self) -> dict[str, Any] | None:
        if self.model is None:
            return None
        return {
            "as_of": self.last_end,
            "state": self.state,
            "regime": self.model.regimes_[self.state],
            "probabilities": self.belief.tobytes(),
            "confidence": self.belief[self.state],
            "expected_return": float(self.model.expected_returns_[self.state]),
            "volatility": float(self.model.volatilities_[self.state]),
            "changed": self.changed,
            "bars": self.bars,
            "trained_at": self.trained_at,
        }
