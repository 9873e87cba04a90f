"""Base of execution models (Algorithm/Execution/ExecutionModel.cs, NullExecutionModel.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lean_stubs.clr.convert import to_bool
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.clr.models import PythonModelBase
from lean_stubs.portfolio_construction.target import PortfolioTarget

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.orders.event import OrderEvent
    from lean_stubs.universe.changes import SecurityChanges

__all__ = ["ExecutionModel", "NullExecutionModel"]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Execution"


class ExecutionModel(PythonModelBase, clr=_NAMESPACE):
    """A model that turns targets into orders."""

    _asynchronous = True

    def __init__(self, asynchronous: bool = True) -> None:
        self._asynchronous = to_bool(asynchronous)

    @property
    def asynchronous(self) -> bool:
        return self._asynchronous

    def execute(self, algorithm: QCAlgorithm, targets: Any) -> None:
        """Called on every slice with data, with the targets after risk management."""
        raise NotImplementedException(
            "Types deriving from 'ExecutionModel' must implement the 'void Execute(QCAlgorithm, IPortfolioTarget[])' method."
        )

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Called when securities join or leave the universe."""

    def on_order_event(self, algorithm: QCAlgorithm, order_event: OrderEvent) -> None:
        """Called before the algorithm's own handler."""


class NullExecutionModel(ExecutionModel, clr=_NAMESPACE):
    """Orders nothing."""

    def execute(self, algorithm: QCAlgorithm, targets: list[PortfolioTarget]) -> None:
        return None
