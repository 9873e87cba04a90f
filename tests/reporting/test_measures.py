from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regime_framework.reporting.measures import annual_periods, drawdowns, measure, years
from regime_framework.reporting.results import Curve


def curve(values: list[float], first: str = "2001-01-01", days: int = 1) -> Curve:
    start = np.datetime64(first, "s")
    return Curve(start + np.arange(len(values)) * np.timedelta64(days * 86_400, "s"), np.array(values, dtype=np.float64))


def test_two_years_that_double_the_money() -> None:
    # 731 days, one point a day: 2 ** (365.25 / 730) - 1 a year.
    figures = measure(curve(np.linspace(100.0, 200.0, 731).tolist()))
    assert figures.total_return == pytest.approx(1.0)
    assert figures.cagr == pytest.approx(2.0 ** (365.25 / 730.0) - 1.0)
    assert figures.maximum_drawdown == 0.0


def test_volatility_and_sharpe_by_hand() -> None:
    # Returns +10 %, -10 %, +10 %: mean 1/30, sample deviation sqrt(4/300); a point a week.
    values = [100.0, 110.0, 99.0, 108.9]
    figures = measure(curve(values, days=7))
    periods = 365.25 / 7.0
    deviation = math.sqrt(0.04 / 3.0)
    assert figures.volatility == pytest.approx(deviation * math.sqrt(periods))
    assert figures.sharpe == pytest.approx((0.1 / 3.0) / deviation * math.sqrt(periods))
    assert figures.maximum_drawdown == pytest.approx(-0.1)


def test_drawdown_is_from_the_highest_value_so_far() -> None:
    np.testing.assert_allclose(drawdowns(np.array([50.0, 100.0, 75.0, 120.0, 90.0])), [0.0, 0.0, -0.25, 0.0, -0.25])


def test_trading_days_are_counted_from_the_curve() -> None:
    weekdays = np.arange(np.datetime64("2001-01-01"), np.datetime64("2011-01-01"))
    weekdays = weekdays[np.is_busday(weekdays)].astype("datetime64[s]")
    assert annual_periods(weekdays) == pytest.approx(365.25 * 5 / 7, rel=1e-3)
    assert years(weekdays) == pytest.approx(10.0, abs=0.01)


def test_a_flat_curve_has_no_sharpe_ratio() -> None:
    figures = measure(curve([7.0] * 10))
    assert figures.total_return == 0.0
    assert figures.volatility == 0.0
    assert math.isnan(figures.sharpe)


def test_an_account_that_lost_everything() -> None:
    figures = measure(curve([100.0, 50.0, -10.0]))
    assert figures.cagr == -1.0
    assert figures.total_return == pytest.approx(-1.1)
    assert figures.maximum_drawdown == pytest.approx(-1.1)
    assert math.isnan(figures.sharpe)


def test_one_point_says_nothing() -> None:
    assert math.isnan(measure(curve([100.0])).total_return)


prices = st.lists(st.floats(0.01, 1e6), min_size=3, max_size=60)


@given(prices, st.floats(0.001, 1000.0))
def test_figures_do_not_depend_on_the_currency(values: list[float], factor: float) -> None:
    ours, theirs = measure(curve(values)), measure(curve([value * factor for value in values]))
    assert ours.total_return == pytest.approx(theirs.total_return, rel=1e-6, abs=1e-9)
    assert ours.maximum_drawdown == pytest.approx(theirs.maximum_drawdown, rel=1e-6, abs=1e-9)


@given(prices)
def test_figures_are_within_their_limits(values: list[float]) -> None:
    figures = measure(curve(values))
    assert -1.0 < figures.maximum_drawdown <= 0.0
    assert figures.volatility >= 0.0
    assert (figures.cagr > 0.0) == (values[-1] > values[0]) or figures.cagr == pytest.approx(0.0, abs=1e-9)
    # A drawdown is at least as deep as the fall from first to last value.
    assert figures.maximum_drawdown <= min(0.0, values[-1] / values[0] - 1.0) + 1e-12
