from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from AlgorithmImports import AutoRegressiveIntegratedMovingAverage

START = datetime(2020, 1, 1)


def fed(made: AutoRegressiveIntegratedMovingAverage, values: list[float]) -> AutoRegressiveIntegratedMovingAverage:
    for i, value in enumerate(values):
        made.update(START + timedelta(days=i), value)
    return made


def noise(count: int) -> list[float]:
    return [100 + float(x) for x in np.random.default_rng(3).standard_normal(count).cumsum()]


def test_zero_until_the_window_is_full() -> None:
    made = fed(AutoRegressiveIntegratedMovingAverage(1, 1, 1, 20, True), noise(19))
    assert (made.is_ready, made.current.value, made.name) == (False, 0.0, "ARIMA((1, 1, 1), 20, True)")


@pytest.mark.parametrize(("order", "values"), [(1, [3.0 * i for i in range(20)]), (2, [float(i * i) for i in range(20)])])
def test_differences_that_stay_the_same_go_on(order: int, values: list[float]) -> None:
    made = fed(AutoRegressiveIntegratedMovingAverage("AR", 1, order, 0, 20), values)
    # LEAN undoes the differences in the order in which they were made, so that with two of them 400 is missed.
    expected = {1: 60.0, 2: 381.0}[order]
    assert made.current.value == pytest.approx(expected)
    assert list(made.ar_parameters) == pytest.approx([1.0])


def naive(values: list[float]) -> tuple[float, float, float]:
    """ARIMA(1, 1, 1) with an intercept, in loops; the newest value comes first, and "before" means newer."""
    newest = values[::-1]
    changes = [newest[i] - newest[i + 1] for i in range(len(newest) - 1)]
    ar = sum(changes[t - 1] * changes[t] for t in range(1, len(changes))) / sum(x * x for x in changes[:-1])
    errors = [0.0] + [changes[t] - ar * changes[t - 1] for t in range(1, len(changes))]
    rows = np.array([[1.0, changes[t - 1], errors[t - 1]] for t in range(1, len(changes))])
    intercept, first, second = np.linalg.lstsq(rows, np.array(changes[1:]), rcond=None)[0]
    return intercept + first * changes[0] + second * errors[2] + values[-1], first, second


def test_two_steps_of_least_squares() -> None:
    values = noise(40)
    made = fed(AutoRegressiveIntegratedMovingAverage(1, 1, 1, 40, True), values)
    value, ar, ma = naive(values)
    assert made.current.value == pytest.approx(value)
    assert (*made.ar_parameters, *made.ma_parameters) == pytest.approx((ar, ma))


def test_a_series_that_never_moves_has_no_fit_and_stays() -> None:
    assert fed(AutoRegressiveIntegratedMovingAverage(1, 1, 1, 10, True), [5.0] * 10).current.value == 5.0


def test_orders_and_period_are_checked() -> None:
    with pytest.raises(Exception, match="ar_order must be greater than zero"):
        AutoRegressiveIntegratedMovingAverage(0, 1, 1, 10, True)
    with pytest.raises(Exception, match="period must not be less"):
        AutoRegressiveIntegratedMovingAverage(5, 1, 1, 4, True)
