"""Slippage by the order's own weight in the market (LEAN: MarketImpactSlippageModel.cs; Almgren and others, 2005)."""

from __future__ import annotations

import itertools
import math
from datetime import timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.random_numbers import Random
from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.data.history_provider import HistoryRequest
from lean_stubs.data.quote_bar import wrap_point
from lean_stubs.data.trade_bar_consolidator import TradeBarConsolidator
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.securities.decimals import ONE, ZERO, to_decimal

__all__ = ["MarketImpactSlippageModel"]

_ONE_DAY = timedelta(days=1)
_HISTORY = timedelta(days=370)
_VOLUMES, _PRICES = 10, 252


class _Days:
    """Volatility of a security's daily returns and its mean volume, kept up from day to day."""

    def __init__(self, algorithm: Any, security: Any, latency: float, impact_time: float) -> None:
        self.sigma = self.volume = 0.0
        self._volumes, self._prices = RollingWindow(_VOLUMES), RollingWindow(_PRICES)
        state, symbol = state_of(algorithm), security.symbol
        consolidator = TradeBarConsolidator(_ONE_DAY)
        consolidator.data_consolidated += lambda sender, bar: self._add(bar)
        state.subscription_manager.add_consolidator(symbol, consolidator)
        config = next(c for c in security._configs() if c.tick_type == TickType.TRADE)
        provider = state.history_provider
        asked = provider.config(symbol, Resolution.DAILY, None, None, None, TickType.TRADE, config)
        for bar in provider.bars(HistoryRequest(asked, state.utc - _HISTORY, state.utc)):
            consolidator.update(wrap_point(bar))
        day = security._hours.regular_market_duration / _ONE_DAY
        self.execution_time = timedelta(seconds=latency) / _ONE_DAY / day
        self.impact_time = self.execution_time + timedelta(seconds=impact_time) / _ONE_DAY / day

    def _add(self, bar: Any) -> None:
        self._prices.add(to_decimal(bar.close))
        self._volumes.add(to_decimal(bar.volume))
        prices = list(self._prices)
        if len(prices) < 2:
            return
        changes = [float((new - old) / old) if old else 0.0 for new, old in itertools.pairwise(prices)]
        self.sigma = math.sqrt(_variance(changes))
        self.volume = float(sum(self._volumes, ZERO) / len(self._volumes))


def _variance(values: list[float]) -> float:
    """Of a sample, in the order of additions of MathNet's ArrayStatistics."""
    if len(values) < 2:
        return math.nan
    total, found = values[0], 0.0
    for i, value in enumerate(values[1:], start=1):
        total += value
        difference = (i + 1) * value - total
        found += difference * difference / ((i + 1.0) * i)
    return found / (len(values) - 1)


class MarketImpactSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    """Temporary and half of the permanent impact, both with noise, times a random share; one security per model.

    Parameters
    ----------
    algorithm
        Whose history is read.
    non_negative
        Whether slippage is never to the good.
    latency, impact_time
        Seconds from order to fill, and from fill to the new equilibrium.
    alpha, beta
        Exponents of the permanent and of the temporary impact.
    gamma, eta
        Their coefficients.
    delta
        Exponent of the liquidity.
    random_seed
        Of the noise.
    """

    def __init__(
        self,
        algorithm: Any,
        non_negative: bool = True,
        latency: float = 0.075,
        impact_time: float = 1800.0,
        alpha: float = 0.891,
        beta: float = 0.6,
        gamma: float = 0.314,
        eta: float = 0.142,
        delta: float = 0.267,
        random_seed: int = 50,
    ) -> None:
        if latency <= 0 or impact_time <= 0:
            raise ArgumentException(f"latency and impact_time must be greater than 0, got {latency} and {impact_time}")
        self._algorithm, self._non_negative, self._times = algorithm, non_negative, (latency, impact_time)
        self._alpha, self._beta, self._gamma, self._eta, self._delta = alpha, beta, gamma, eta, delta
        self._random = Random(random_seed)
        self._days: _Days | None = None

    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return float(self._exact(asset, order))

    def _exact(self, asset: Any, order: Any) -> Decimal:
        if self._days is None:
            self._days = _Days(self._algorithm, asset, *self._times)
        days = self._days
        if not days.volume:
            return ZERO
        rate = float(abs(order._shares)) / days.execution_time / days.volume
        noise = days.sigma * math.sqrt(days.impact_time)
        permanent = days.sigma * days.execution_time * self._gamma * math.pow(rate, self._alpha) * self._liquidity(asset, days)
        permanent += self._gaussian() * noise
        temporary = days.sigma * self._eta * math.pow(rate, self._beta) + self._gaussian() * noise
        share = min(to_decimal((temporary + permanent * 0.5) * self._random.next_double()), ONE)
        price: Decimal = asset._prices.exact
        return (max(ZERO, share) if self._non_negative else share) * price

    def _liquidity(self, asset: Any, days: _Days) -> float:
        company = asset.fundamentals
        shares = company.company_profile.shares_outstanding if company.has_fundamental_data else 0
        return math.pow(shares / days.volume, self._delta) if shares else 1.0

    def _gaussian(self) -> float:
        first, second = 1 - self._random.next_double(), 1 - self._random.next_double()
        return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)
