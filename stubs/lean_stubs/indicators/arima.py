"""Autoregression, differences and moving average, fitted in two steps (LEAN: AutoRegressiveIntegratedMovingAverage.cs)."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt

from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.indicators.base import Indicator
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.securities.decimals import to_decimal

__all__ = ["AutoRegressiveIntegratedMovingAverage", "TimeSeriesIndicator"]

_Numbers = npt.NDArray[np.float64]


class TimeSeriesIndicator(Indicator, clr="QuantConnect.Indicators"):
    """Base of indicators that difference a series; the newest value comes first."""

    @staticmethod
    def _differences(order: int, series: _Numbers) -> tuple[_Numbers, list[float]]:
        """The differences, and the oldest value of the series at each order."""
        heads = []
        for _ in range(order):
            heads.append(float(series[-1]))
            series = series[:-1] - series[1:]
        return series, heads

    @staticmethod
    def _sums(series: _Numbers, heads: list[float]) -> _Numbers:
        """Undoes the differences."""
        for head in heads:
            series = np.cumsum(np.append(series, head)[::-1])[::-1]
        return series

    @staticmethod
    def _lagged(order: int, series: _Numbers) -> _Numbers:
        """Shape (T - order, order): to each value those before it in the series."""
        return np.array([[series[t - j] for j in range(1, order + 1)] for t in range(order, len(series))])


def _fit(columns: _Numbers, values: _Numbers) -> _Numbers:
    """Least squares by the normal equations; zeros where they cannot be solved."""
    try:
        lower = np.linalg.cholesky(columns.T @ columns)
    except np.linalg.LinAlgError:
        return np.zeros(columns.shape[1])
    found: _Numbers = np.linalg.solve(lower.T, np.linalg.solve(lower, columns.T @ values))
    return found


class AutoRegressiveIntegratedMovingAverage(TimeSeriesIndicator, clr="QuantConnect.Indicators"):
    """The next value that the fit to the last `period` values foretells.

    Parameters
    ----------
    ar_order, diff_order, ma_order
        How many past values, differences and past errors count.
    period
        Values that are fitted.
    intercept
        Whether the second step has one.
    """

    @overload
    def __init__(self, name: str, ar_order: int, diff_order: int, ma_order: int, period: int, intercept: bool = True) -> None: ...
    @overload
    def __init__(self, ar_order: int, diff_order: int, ma_order: int, period: int, intercept: bool) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(AutoRegressiveIntegratedMovingAverage.__init__, arguments, named)
        ar, diff, ma, period = (int(given[name]) for name in ("ar_order", "diff_order", "ma_order", "period"))
        self._with_intercept = bool(given.get("intercept", True))
        if ar < 1 or ma < 0:
            raise ArgumentException(f"ar_order must be greater than zero and ma_order not negative, got {ar} and {ma}")
        if period < max(ar, ma):
            raise ArgumentException(f"period must not be less than ar_order and ma_order, got {period}")
        super().__init__(given.get("name") or f"ARIMA(({ar}, {diff}, {ma}), {period}, {self._with_intercept})")
        self._orders, self._warm_up_period = (ar, diff, ma), period
        self._values = RollingWindow(period)
        self._ar: _Numbers = np.zeros(0)
        self._ma: _Numbers = np.zeros(0)
        self._intercept = self._ar_error = self._ma_error = 0.0

    @property
    def ar_parameters(self) -> list[float]:
        return [float(x) for x in self._ar]

    @property
    def ma_parameters(self) -> list[float]:
        return [float(x) for x in self._ma]

    @property
    def intercept(self) -> float:
        return self._intercept

    @property
    def ar_residual_error(self) -> float:
        return self._ar_error

    @property
    def ma_residual_error(self) -> float:
        return self._ma_error

    @property
    def is_ready(self) -> bool:
        return self._values.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._values.add(float(input.value))
        if not self._values.is_ready:
            return 0.0
        _, order, ma = self._orders
        series, heads = self._differences(order, np.array(list(self._values)))
        errors = self._autoregression(series)
        if ma:
            self._moving_average(series, errors)
        found = float(self._ar @ series[: len(self._ar)]) + self._intercept
        found += float(self._ma @ errors[ma + 1 : 2 * ma + 1]) if ma else 0.0
        if order:
            found = float(self._sums(np.insert(series, 0, found), heads)[0])
        return float(to_decimal(found))

    def _autoregression(self, series: _Numbers) -> _Numbers:
        """Errors of the first step, zero where there are too few values before."""
        order = self._orders[0]
        lags = self._lagged(order, series)
        fits = _fit(lags, series[order:])
        errors: _Numbers = np.concatenate([np.zeros(order), series[order:] - lags @ fits])
        self._ar_error = float(errors @ errors) / (len(series) - order - 1)
        if not self._orders[2]:
            self._ar = fits
        return errors

    def _moving_average(self, series: _Numbers, errors: _Numbers) -> None:
        ar, _, ma = self._orders
        lagged_errors = self._lagged(ma, errors)
        columns = np.hstack([self._lagged(ar, series)[: len(lagged_errors)], lagged_errors])
        ones = np.ones((len(columns), 1))
        fits = _fit(np.hstack([ones, columns]) if self._with_intercept else columns, series[ma:])
        if self._with_intercept:
            self._intercept, fits = float(fits[0]), fits[1:]
        rest = series[ma:] - columns @ fits
        self._ma_error = float(rest @ rest) / (len(series) - max(ar, ma) - 1)
        self._ar, self._ma = fits[:ar], fits[ar:]

    def reset(self) -> None:
        super().reset()
        self._values.reset()
