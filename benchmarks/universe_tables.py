"""The market regime of many assets: all of them pooled, beside their index alone."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.online import TEST_DAYS, WARM_UP_DAYS
from benchmarks.scoring import balanced_accuracy, reported_states, switches_a_year
from benchmarks.simulation_tables import SWITCH_PROBABILITY, Size, Tick
from benchmarks.tables import Table
from benchmarks.universes import simulate_universe
from benchmarks.worlds import Floats, States, hardy2, hardy3
from regime_framework.config import RegimeConfig
from regime_framework.models import FitFailure, observe_bars, train_many, train_market

__all__ = ["universe_table"]

_REFIT_DAYS: Final = 63
_DAYS: Final = WARM_UP_DAYS + TEST_DAYS
# Assets, their correlation, how an asset's own volatility follows the regime, whether it has regimes of its own instead.
_SETTINGS: Final = ((6, 0.5, 1.0, False), (50, 0.3, 1.0, False), (50, 0.3, 0.5, False), (50, 0.3, 1.0, True))
_DAY_NOISE: Final = 0.25
_NOTES: Final = (
    f"Accuracy of the likeliest state (standard error over universes) [accuracy and switches/yr at p > {SWITCH_PROBABILITY}].",
    "Daily volatility times lognormal(.25), one factor for all assets. pooled: share of refits that kept the pool of bars.",
)


def universe_table(size: Size, seed: int, tick: Tick) -> Table:
    """Index, pooled closes and pooled bars on the same universes."""
    columns = ["chain", "assets", "correlation", "own part", "index, closes", "market, closes", "market, bars", "pooled"]
    title = f"Market regime of a universe ({size.universes} universes, expanding, refit every {_REFIT_DAYS} days)"
    table = Table(title, columns, notes=list(_NOTES))
    for name, chain in (("hardy2", hardy2()), ("hardy3", hardy3())):
        config = RegimeConfig(chain.n_states, lookback=None)
        for assets, correlation, power, own in _SETTINGS:
            seen: dict[str, list[Floats]] = {"index": [], "closes": [], "bars": []}
            states, pooled = [], []
            for number in range(size.universes):
                universe = simulate_universe(
                    chain, assets, _DAYS, seed + number, correlation=correlation, power=power, own_regimes=own, noise=_DAY_NOISE
                )
                observed = [observe_bars(bars) for bars in universe.bars]
                returns, variances = (np.stack(rows) for rows in zip(*observed, strict=True))
                states.append(universe.states[WARM_UP_DAYS:])
                seen["index"].append(_index(returns, config))
                seen["closes"].append(_market(returns, None, config)[0])
                probabilities, share = _market(returns, variances, config)
                seen["bars"].append(probabilities)
                pooled.append(share)
                tick()
            behaviour = "own regimes" if own else "follows" if power == 1.0 else f"follows, power {power}"
            cells = [_cell(np.stack(rows), np.stack(states)) for rows in seen.values()]
            table.add(name, assets, correlation, behaviour, *cells, f"{np.mean(pooled):.0%}")
    return table


def _cell(probabilities: Floats, states: States) -> str:
    n_states = probabilities.shape[2]
    sure = reported_states(probabilities, SWITCH_PROBABILITY)
    likeliest = balanced_accuracy(reported_states(probabilities), states, n_states)
    return f"{likeliest.text()} [{balanced_accuracy(sure, states, n_states).text()} {switches_a_year(sure).value:.1f}]"


def _index(returns: Floats, config: RegimeConfig) -> Floats:
    index = np.ascontiguousarray(returns.mean(axis=0))
    probabilities = np.full((TEST_DAYS, config.n_states), 1.0 / config.n_states)
    for day in range(WARM_UP_DAYS, _DAYS, _REFIT_DAYS):
        (model,) = train_many(index[None, :day], config)
        if not isinstance(model, FitFailure):
            end = min(day + _REFIT_DAYS, _DAYS)
            probabilities[day - WARM_UP_DAYS : end - WARM_UP_DAYS] = model.filter_window(index[:end])[day:]
    return probabilities


def _market(returns: Floats, variances: Floats | None, config: RegimeConfig) -> tuple[Floats, float]:
    """Probabilities (T, K) of the tested days, and the share of refits that kept the pool."""
    probabilities = np.full((TEST_DAYS, config.n_states), 1.0 / config.n_states)
    kept = []
    for day in range(WARM_UP_DAYS, _DAYS, _REFIT_DAYS):
        end = min(day + _REFIT_DAYS, _DAYS)
        market = train_market(returns[:, :day], config, variances=None if variances is None else variances[:, :day])
        if isinstance(market, FitFailure):
            continue
        kept.append(market.source == "pooled")
        pooled = market.observe(returns[:, :end], None if variances is None else variances[:, :end])
        probabilities[day - WARM_UP_DAYS : end - WARM_UP_DAYS] = market.model.filter_window(*pooled)[day:]
    return probabilities, float(np.mean(kept)) if kept else 0.0
