"""The algorithm objects that models receive."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["fresh", "state_of"]


def state_of(algorithm: Any) -> AlgorithmState:
    """The state behind any wrapper, or the state itself."""
    state: AlgorithmState = getattr(algorithm, "_clr", algorithm)
    return state


@cache
def _maker() -> Callable[[AlgorithmState], QCAlgorithm]:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm

    return QCAlgorithm._wrap


def fresh(algorithm: Any) -> QCAlgorithm:
    """A new wrapper, as every call into Python gets one."""
    return _maker()(state_of(algorithm))
