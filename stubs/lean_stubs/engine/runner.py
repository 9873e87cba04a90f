"""Runs one algorithm class on one data source (LEAN: Engine.cs, BacktestingSetupHandler)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lean_stubs.algorithm.setup import security_benchmark
from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.algorithm.universe import end_of_time_step, post_initialize_universes
from lean_stubs.algorithm.warm_up import warm_up_start
from lean_stubs.clr import overrides
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.engine.current import RunContext, active
from lean_stubs.engine.loop import AlgorithmLoop

__all__ = ["Progress", "run"]

#: Called with the start and end of the run, gives a function of the time.
Progress = Callable[[datetime, datetime], Callable[[datetime], None]]


def run(algorithm_class: type, context: RunContext, progress: Progress | None = None) -> AlgorithmState:
    """Initialize and run; what the algorithm raised is in ``state.run_error``.

    Raises
    ------
    Exception
        Only what the constructor of the algorithm raises.
    """
    with active(context):
        algorithm: Any = algorithm_class()
        state: AlgorithmState = algorithm._clr
        state.extra["algorithm_name"] = algorithm_class.__name__
        if not _initialize(algorithm, state):
            return state
        loop = AlgorithmLoop(state, None if progress is None else progress(state.utc, state.feed.end_utc))
        loop.run()
        return state


def _initialize(algorithm: Any, state: AlgorithmState) -> bool:
    try:
        overrides.find(algorithm, "initialize")()
        state.results.start()
        _post_initialize(algorithm, state)
    except (Exception, SystemExit) as error:
        state.fail(error)
        return False
    state.locked = state.has_initialized = True
    return True


def _post_initialize(algorithm: Any, state: AlgorithmState) -> None:
    """Settings, universes, benchmark and the start of warm-up (QCAlgorithm.PostInitialize)."""
    if state.end_date is not None and state.end_date < state.start_date:
        raise ArgumentException("Please select an algorithm end date greater than start date.")
    settings, model = state.settings, state.portfolio_construction
    for name in ("security", "insight"):
        value = getattr(settings, f"rebalance_portfolio_on_{name}_changes")
        if value is not None:
            setattr(model, f"rebalance_on_{name}_changes", value)
    post_initialize_universes(state, algorithm)
    if state.benchmark is None and state.brokerage_model is not None:
        state.benchmark = overrides.find(state.brokerage_model, "get_benchmark")(state.securities)
    if state.benchmark is None:
        state.benchmark = security_benchmark(state, "SPY")
    start = warm_up_start(state)
    if start is None:
        state.is_warming_up = False
    else:
        state.utc = start
    end_of_time_step(state)
