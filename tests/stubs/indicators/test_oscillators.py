"""Oscillators, volume, middles and layered averages against their definitions in numpy, at the last of fifty bars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import (
    AbsolutePriceOscillator,
    AccumulationDistribution,
    AroonOscillator,
    AwesomeOscillator,
    BalanceOfPower,
    BollingerBands,
    ChaikinMoneyFlow,
    ChandeMomentumOscillator,
    CommodityChannelIndex,
    KaufmanAdaptiveMovingAverage,
    KaufmanEfficiencyRatio,
    MeanAbsoluteDeviation,
    MidPoint,
    MidPrice,
    MoneyFlowIndex,
    MovingAverageType,
    NormalizedAverageTrueRange,
    OnBalanceVolume,
    PercentagePriceOscillator,
    QCAlgorithm,
    Resolution,
    TradeBar,
    TriangularMovingAverage,
    TripleExponentialMovingAverage,
    Trix,
    UltimateOscillator,
    WilliamsPercentR,
)
from lean_stubs import FakeData, run_algorithm

Values = np.ndarray[Any, Any]

N, RNG = 50, np.random.default_rng(11)
C: Values = 100 * np.exp(RNG.normal(0, 0.02, N).cumsum())
OPENS: Values = C * np.exp(RNG.normal(0, 0.01, N))
H: Values = np.maximum(OPENS, C) + RNG.uniform(0.1, 1, N)
L: Values = np.minimum(OPENS, C) - RNG.uniform(0.1, 1, N)
V: Values = RNG.integers(100, 1000, N).astype(float)
TYPICAL: Values = (H + L + C) / 3
FLOW: Values = (2 * C - H - L) / (H - L) * V
DAY = timedelta(days=1)


def ema(values: Values, period: int) -> Values:
    """From the mean of the first period on; shorter by what that takes."""
    found, factor = [values[:period].mean()], 2 / (period + 1)
    for value in values[period:]:
        found.append(found[-1] + factor * (value - found[-1]))
    return np.array(found)


def wilder(values: Values, period: int) -> float:
    found = values[:period].mean()
    for value in values[period:]:
        found = (found * (period - 1) + value) / period
    return float(found)


def chande(period: int) -> float:
    change = np.diff(C)
    gain, loss = wilder(np.maximum(change, 0), period), wilder(np.maximum(-change, 0), period)
    return 100 * (gain - loss) / (gain + loss)


def true_range() -> Values:
    before = C[:-1]
    return np.maximum.reduce([H[1:] - L[1:], abs(H[1:] - before), abs(L[1:] - before)])


def natr(period: int) -> float:
    """The first bar's range counts without a close before it, but the mean is that of the last of the first bars."""
    ranges = np.concatenate([[H[0] - L[0]], true_range()])
    found = ranges[1 : period + 1].mean()
    for value in ranges[period + 1 :]:
        found = (found * (period - 1) + value) / period
    return float(found / C[-1] * 100)


def ultimate(*periods: int) -> float:
    pressure, ranges = C[1:] - np.minimum(L[1:], C[:-1]), true_range()
    parts = [pressure[-p:].sum() / ranges[-p:].sum() for p in periods]
    return float(100 * (4 * parts[0] + 2 * parts[1] + parts[2]) / 7)


def efficiency(period: int, end: int = N) -> float:
    path = C[end - period - 1 : end]
    return float(abs(path[-1] - path[0]) / abs(np.diff(path)).sum())


def kama(period: int) -> float:
    average = C[period - 1]
    for end in range(period + 1, N + 1):
        factor = (efficiency(period, end) * (2 / 3 - 2 / 31) + 2 / 31) ** 2
        average += factor * (C[end - 1] - average)
    return float(average)


def money_flow(period: int) -> float:
    money, change = TYPICAL * V, np.concatenate([[1], np.diff(TYPICAL)])
    up, down = (np.where(sign * change > 0, money, 0)[-period:].sum() for sign in (1, -1))
    return float(100 * up / (up + down))


def threefold(period: int) -> list[Values]:
    first = ema(C, period)
    second = ema(first, period)
    return [first, second, ema(second, period)]


def tema(period: int) -> float:
    first, second, third = (layer[-1] for layer in threefold(period))
    return float(3 * first - 3 * second + third)


def trix(period: int) -> float:
    last = threefold(period)[2]
    return float(100 * (last[-1] / last[-2] - 1))


def triangular(period: int) -> float:
    inner = np.convolve(C, np.full((period + 1) // 2, 1 / ((period + 1) // 2)), "valid")
    return float(inner[-(period // 2 + 1) :].mean())


def channel(period: int) -> float:
    window = TYPICAL[-period:]
    return float((window[-1] - window.mean()) / (0.015 * abs(window - window.mean()).mean()))


def aroon(up: int, down: int) -> float:
    since_high, since_low = np.argmax(H[::-1][: up + 1]), np.argmin(L[::-1][: down + 1])
    return float(100 * (up - since_high) / up - 100 * (down - since_low) / down)


def oscillator(fast: int, slow: int, values: Values = C) -> float:
    return float(values[-fast:].mean() - values[-slow:].mean())


CASES: list[tuple[Callable[[], Any], float]] = [
    (lambda: AbsolutePriceOscillator(5, 10), oscillator(5, 10)),
    (lambda: PercentagePriceOscillator(5, 10), 100 * oscillator(5, 10) / C[-10:].mean()),
    (lambda: AwesomeOscillator(5, 34), oscillator(5, 34, (H + L) / 2)),
    (lambda: ChandeMomentumOscillator(7), chande(7)),
    (lambda: CommodityChannelIndex(14), channel(14)),
    (lambda: MeanAbsoluteDeviation(9), float(abs(C[-9:] - C[-9:].mean()).mean())),
    (lambda: WilliamsPercentR(14), float(-100 * (H[-14:].max() - C[-1]) / (H[-14:].max() - L[-14:].min()))),
    (lambda: UltimateOscillator(7, 14, 28), ultimate(7, 14, 28)),
    (lambda: AroonOscillator(10, 12), aroon(10, 12)),
    (lambda: BalanceOfPower(), float((C[-1] - OPENS[-1]) / (H[-1] - L[-1]))),
    (lambda: OnBalanceVolume(), float(V[0] + (np.sign(np.diff(C)) * V[1:]).sum())),
    (lambda: AccumulationDistribution(), float(FLOW.sum())),
    (lambda: ChaikinMoneyFlow(20), float(FLOW[-20:].sum() / V[-20:].sum())),
    (lambda: MoneyFlowIndex(14), money_flow(14)),
    (lambda: MidPoint(9), float((C[-9:].max() + C[-9:].min()) / 2)),
    (lambda: MidPrice(9), float((H[-9:].max() + L[-9:].min()) / 2)),
    (lambda: NormalizedAverageTrueRange(5), natr(5)),
    (lambda: TripleExponentialMovingAverage(5), tema(5)),
    (lambda: Trix(5), trix(5)),
    (lambda: TriangularMovingAverage(5), triangular(5)),
    (lambda: TriangularMovingAverage(6), triangular(6)),
    (lambda: KaufmanEfficiencyRatio(10), efficiency(10)),
    (lambda: KaufmanAdaptiveMovingAverage(10), kama(10)),
]


def fed(indicator: Any) -> Any:
    for i in range(N):
        bar = TradeBar(datetime(2020, 1, 1) + i * DAY, "SPY", OPENS[i], H[i], L[i], C[i], V[i], DAY)
        ready = indicator.update(bar)
        if i + 1 == indicator.warm_up_period:
            assert ready
    return indicator


@pytest.mark.parametrize(("make", "wanted"), CASES, ids=[make().name for make, _ in CASES])
def test_an_indicator_is_what_its_definition_says_before_and_after_a_reset(make: Callable[[], Any], wanted: float) -> None:
    indicator = fed(make())
    assert indicator.current.value == pytest.approx(wanted, rel=1e-9)
    indicator.reset()
    assert (indicator.is_ready, indicator.samples) == (False, 0)
    assert fed(indicator).current.value == pytest.approx(wanted, rel=1e-9)


def test_what_an_indicator_is_made_of_can_be_looked_at() -> None:
    aroon_of = fed(AroonOscillator(10, 12))
    assert aroon_of.aroon_up.current.value - aroon_of.aroon_down.current.value == aroon_of.current.value
    money = fed(MoneyFlowIndex(14))
    assert money.previous_typical_price == pytest.approx(TYPICAL[-1])
    assert money.positive_money_flow.current.value > 0 < money.negative_money_flow.current.value
    assert fed(WilliamsPercentR(14)).maximum.current.value == H[-14:].max()


def test_nothing_moves_where_nothing_can_be_divided() -> None:
    flat = [TradeBar(datetime(2020, 1, 1) + i * DAY, "SPY", 9, 9, 9, 9, 0, DAY) for i in range(40)]
    for kind, wanted in (
        (WilliamsPercentR(5), 0.0),
        (CommodityChannelIndex(5), 0.0),
        (ChandeMomentumOscillator(5), 0.0),
        (UltimateOscillator(3, 4, 5), 50.0),
        (BalanceOfPower(), 0.0),
        (ChaikinMoneyFlow(5), 0.0),
        (MoneyFlowIndex(5), 100.0),
        (KaufmanEfficiencyRatio(5), 1.0),
    ):
        for bar in flat:
            kind.update(bar)
        assert kind.current.value == wanted


@pytest.mark.parametrize(
    ("kind", "average"),
    [
        (MovingAverageType.TRIPLE_EXPONENTIAL, TripleExponentialMovingAverage),
        (MovingAverageType.TRIANGULAR, TriangularMovingAverage),
        (MovingAverageType.KAMA, KaufmanAdaptiveMovingAverage),
    ],
)
def test_averages_of_these_kinds_serve_other_indicators(kind: Any, average: Any) -> None:
    bands, own = BollingerBands(5, 2, kind), average(5)
    for i in range(N):
        bands.update(datetime(2020, 1, 1) + i * DAY, C[i])
        own.update(datetime(2020, 1, 1) + i * DAY, C[i])
    assert bands.middle_band.current.value == own.current.value


class Watches(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2020, 3, 2)
        self.set_end_date(2020, 3, 20)
        self.settings.automatic_indicator_warm_up = True
        spy = self.add_equity("SPY", Resolution.DAILY).symbol
        simple = MovingAverageType.SIMPLE
        self.made = [
            *(self.wilr(spy, 5), self.cmo(spy, 5), self.trix(spy, 3), self.tema(spy, 3), self.trima(spy, 5), self.mfi(spy, 5)),
            *(self.cmf(spy, 5), self.natr(spy, 5), self.midpoint(spy, 5), self.midprice(spy, 5), self.obv(spy), self.ad(spy)),
            *(self.bop(spy), self.ker(spy, 5), self.cci(spy, 5), self.apo(spy, 3, 5, simple), self.ppo(spy, 3, 5, simple)),
            *(self.ao(spy, 3, 5, simple), self.ultosc(spy, 2, 3, 5), self.aroon(spy, 5), self.aroon(spy, 4, 5), self.kama(spy, 5)),
            self.kama(spy, 5, 3, 20),
        ]


def test_the_algorithm_makes_them_ready_and_with_names() -> None:
    done = run_algorithm(Watches, FakeData("2020-01-02", "2020-03-20").regimes("SPY", seed=2)).check().algorithm
    assert all(indicator.is_ready and indicator.samples > 10 for indicator in done.made)
    names = [indicator.name for indicator in done.made]
    assert names[0] == "WILR(5,SPY_day)"
    assert names[-5:] == [
        *("ULTOSC(2,3,5,SPY_day)", "AROON(5,5,SPY_day)", "AROON(4,5,SPY_day)", "KAMA(5,2,30,SPY_day)", "KAMA(5,3,20,SPY_day)"),
    ]
