"""The algorithm objects that models receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["fresh", "state_of"]


def state_of(algorithm: Any) -> AlgorithmState:
    """The state behind any wrapper, or the state itself."""
    state: AlgorithmState = getattr(algorithm, "_clr", algorithm)
    return state


def fresh(algorithm: Any) -> QCAlgorithm:
    """A new wrapper, as every call into Python gets one."""
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm

    return QCAlgorithm._wrap(state_of(algorithm))
