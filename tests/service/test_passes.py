"""Fits of expanding windows go on where the last one ended, within a budget, and no result depends on it."""

from __future__ import annotations

import numpy as np
import pytest

from regime_framework import BatchRegimeUpdater, RegimeConfig, RegimeService
from regime_framework.models import GridRegimeModel
from regime_framework.service.passes import PassBudget
from tests.service.data import closes, days, names

EXPANDING = RegimeConfig(lookback=None, min_bars=40, retrain="daily")


def run(config: RegimeConfig, *, budget: int | None = None, batch: BatchRegimeUpdater | None = None) -> list[list[object]]:
    service = RegimeService(config, batch=batch)
    if budget is not None:
        service._engine.passes = PassBudget(budget)
    prices, ends = closes(160, n_symbols=3), days(160)
    for place, symbol in enumerate(names(3)):
        service.add(symbol, prices[:50, place], ends[:50])
    seen = []
    for bar in range(50, 160):
        if bar == 90:
            service.remove("S01")
        if bar == 120:
            service.add("S01", prices[:120, 1], ends[:120])
        if bar == 100:
            service.split("S02", 0.5)
        prices[100:, 2] *= 0.5 if bar == 100 else 1.0
        present = [s for s in names(3) if s != "S01" or not 90 <= bar < 120]
        found = service.update(ends[bar], {s: prices[bar, int(s[1:])] for s in present})
        seen.append([(s, e.probabilities.tobytes(), e.fingerprint, e.volatility) for s, e in sorted(found.items())])
    return seen


@pytest.mark.parametrize("budget", [0, 150_000, None])
def test_a_budget_changes_no_estimate(budget: int | None) -> None:
    assert run(EXPANDING, budget=budget) == run(EXPANDING, batch=BatchRegimeUpdater(use_parallel=False))


def test_daily_training_goes_on_from_the_last_model(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    real = GridRegimeModel.hand_on

    def watch(model: GridRegimeModel) -> object:
        handed = real(model)
        begun.append(handed is not None)
        return handed

    monkeypatch.setattr(GridRegimeModel, "hand_on", watch)
    run(EXPANDING)
    assert np.mean(begun) > 0.95


def test_rolling_windows_keep_no_pass() -> None:
    service = RegimeService(RegimeConfig(lookback=60, min_bars=40, retrain="daily"))
    service.add("S", closes(50)[:, 0], days(50))
    service.update(days(51)[-1], {"S": 100.0})
    assert service._engine.passes.nbytes == 0


def test_the_budget_counts_what_is_kept_and_frees_what_is_gone() -> None:
    budget = PassBudget(100)
    assert [budget.reserve(row, 40) for row in (0, 1, 2)] == [True, True, False]
    assert budget.nbytes == 80
    assert budget.reserve(1, 40)  # who is in stays in
    assert not budget.reserve(3, 0)  # nothing to keep
    budget.forget(0)
    budget.forget(0)
    assert budget.nbytes == 40
    assert budget.reserve(2, 40)


def test_a_removed_symbol_gives_its_pass_back() -> None:
    service = RegimeService(EXPANDING)
    service.add("S", closes(50)[:, 0], days(50))
    service.update(days(51)[-1], {"S": 100.0})
    assert service._engine.passes.nbytes > 0
    service.remove("S")
    assert service._engine.passes.nbytes == 0
