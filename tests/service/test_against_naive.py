"""Any order of adding, updating, splitting and removing gives what the naive service gives, to the last bit."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from regime_framework import PriceBar, RegimeConfig, RegimeService
from tests.service.data import START, bars
from tests.service.naive_service import NaiveSymbol

CONFIGS = {
    "A": RegimeConfig(lookback=30, min_bars=22, retrain="monthly"),
    "B": RegimeConfig(3, lookback=24, min_bars=20, retrain=4, estimator="em"),
    "C": RegimeConfig(lookback=None, min_bars=25, retrain="weekly", observation="close", switch_probability=0),
    "D": RegimeConfig(lookback=26, min_bars=20, retrain=timedelta(days=9), observation="range"),
}
PATH = {name: bars(400, seed=seed) for seed, name in enumerate(CONFIGS, start=11)}
BAD = [math.nan, math.inf, 0.0, -3.0]
symbols = st.sampled_from(sorted(CONFIGS))


class AgainstNaive(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.service = RegimeService(configs=CONFIGS)
        self.naive: dict[str, NaiveSymbol] = {}
        self.parked: dict[str, NaiveSymbol] = {}
        self.waiting: dict[str, deque[tuple[list[Any], list[datetime]]]] = {}
        self.scale = dict.fromkeys(CONFIGS, 1.0)
        self.day = 40
        self.clock: datetime | None = None

    def price(self, name: str, day: int) -> PriceBar:
        return PriceBar(*(price * self.scale[name] for price in PATH[name][day]))

    @initialize(lengths=st.lists(st.integers(15, 39), min_size=4, max_size=4))
    def begin(self, lengths: list[int]) -> None:
        for name, length in zip(CONFIGS, lengths, strict=True):
            self.add(name, length, 0, True)

    @rule(name=symbols, length=st.integers(0, 39), ahead=st.integers(0, 3), whole=st.booleans())
    def add(self, name: str, length: int, ahead: int, whole: bool) -> None:
        days = range(self.day - length, min(self.day + ahead, len(PATH[name])))
        history: list[Any] = [self.price(name, day) for day in days]
        if not whole:
            history = [bar.close for bar in history]
        times = [START + timedelta(days=day) for day in days]
        self.service.add(name, history, times)
        if name not in self.naive:
            self.naive[name] = self.parked.pop(name, None) or NaiveSymbol(CONFIGS[name])
        if history:
            self.waiting.setdefault(name, deque()).append((history, times))

    @rule(
        some=st.sets(symbols, min_size=1),
        gap=st.sampled_from([0, 1, 1, 1, 5]),
        kind=st.sampled_from(["bar", "bar", "close", "insane", "bad"]),
        bad=st.sampled_from(BAD),
        order=st.randoms(use_true_random=False),
    )
    def update(self, some: set[str], gap: int, kind: str, bad: float, order: Any) -> None:
        values = {}
        for name in order.sample(sorted(some), len(some)):
            bar = self.price(name, min(self.day + gap, 399))
            values[name] = {"bar": bar, "close": bar.close, "insane": bar._replace(low=bar.high * 2), "bad": bad}[kind]
        self.one_bar(gap, values)

    @rule(days=st.integers(2, 12), whole=st.booleans())
    def days_go_by(self, days: int, whole: bool) -> None:
        for _ in range(days):
            day = min(self.day + 1, 399)
            self.one_bar(1, {name: self.price(name, day) if whole else self.price(name, day).close for name in self.naive})
            self.agrees()

    def one_bar(self, gap: int, values: dict[str, Any]) -> None:
        self.day = min(self.day + gap, 399)
        now = START + timedelta(days=self.day)
        self.settle(now)
        self.clock = now if self.clock is None else max(self.clock, now)
        result = self.service.update(now, values)
        for name, value in values.items():
            if name in self.naive:
                self.naive[name].bar(now, value)
        assert set(result) == {name for name in values if name in self.naive and self.naive[name].estimate()}
        for name in result:
            assert result[name] is self.service.estimate(name)

    @rule(name=symbols, factor=st.sampled_from([0.5, 4.0, 1.0]))
    def split(self, name: str, factor: float) -> None:
        if name in self.naive:
            self.service.split(name, factor)
            self.scale[name] *= factor
            self.naive[name].split(factor)
            pieces = self.waiting.get(name, deque())
            for history, _ in pieces:
                history[:] = [PriceBar(*(p * factor for p in v)) if isinstance(v, PriceBar) else v * factor for v in history]

    @rule(name=symbols, keep=st.booleans())
    def remove(self, name: str, keep: bool) -> None:
        self.service.remove(name, keep=keep)
        self.waiting.pop(name, None)
        gone = self.naive.pop(name, None)
        if gone is not None and keep:
            self.parked[name] = gone
        elif not keep:
            self.parked.pop(name, None)

    @invariant()
    def agrees(self) -> None:
        self.settle(self.clock)
        estimates = self.service.estimates
        assert self.service.symbols == tuple(sorted(self.naive))
        expected = {name: one.estimate() for name, one in self.naive.items()}
        assert set(estimates) == {name for name, values in expected.items() if values}
        for name, estimate in estimates.items():
            found = {field: getattr(estimate, field) for field in expected[name] or {}}
            found["probabilities"] = estimate.probabilities.tobytes()
            assert found == expected[name], name

    def settle(self, limit: datetime | None) -> None:
        # As a turn of the service does: each symbol's first piece, then each one's second.
        for name in sorted(self.waiting):
            pieces = self.waiting[name]
            while pieces:
                history, times = pieces[0]
                ripe = len(times) if limit is None else int(np.searchsorted(np.array(times), limit, side="right"))
                if not ripe:
                    break
                self.naive[name].history(history[:ripe], times[:ripe])
                if ripe < len(times):
                    pieces[0] = (history[ripe:], times[ripe:])
                    break
                pieces.popleft()
            if not pieces:
                del self.waiting[name]


AgainstNaive.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAgainstNaive = AgainstNaive.TestCase
