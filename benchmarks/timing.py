"""Timing of calls that must be compared within one run."""

from __future__ import annotations

import time
from collections.abc import Callable

from threadpoolctl import threadpool_limits

__all__ = ["blas_on_one_thread", "milliseconds", "ratio", "seconds"]


def blas_on_one_thread() -> threadpool_limits:
    """Context in which hmmlearn is timed at its best: its matrices are too small for threads of BLAS.

    With two threads it is no faster on a quiet machine, and eight times slower as soon as anything else runs.
    """
    return threadpool_limits(1)


def seconds(call: Callable[[], object], *, at_least: float = 0.2, most: int = 200) -> float:
    """The quickest of repeated calls: the one that other processes disturbed least.

    The call is made once before, so that compilation is not timed.
    """
    call()
    best, total, done = float("inf"), 0.0, 0
    with blas_on_one_thread():
        while total < at_least and done < most:
            began = time.perf_counter()
            call()
            took = time.perf_counter() - began
            best, total, done = min(best, took), total + took, done + 1
    return best


def milliseconds(duration: float) -> str:
    """A duration in seconds as milliseconds with three figures."""
    value = 1e3 * duration
    return f"{value:.0f} ms" if value >= 100 else f"{value:.3g} ms"


def ratio(slow: float, fast: float) -> str:
    """How many times longer the first takes."""
    times = slow / fast
    return f"{times:.0f}x" if times >= 10 else f"{times:.2f}x"
