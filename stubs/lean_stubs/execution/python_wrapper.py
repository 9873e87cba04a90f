"""A Python execution model as the engine holds it (Algorithm/Execution/ExecutionModelPythonWrapper.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.clr import array_of
from lean_stubs.clr.overrides import MethodCache, check_methods, has, is_plain_clr
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.portfolio_construction.target import PortfolioTarget

__all__ = ["ExecutionModelPythonWrapper", "execution_model"]


class ExecutionModelPythonWrapper(ExecutionModel, clr="QuantConnect.Algorithm.Framework.Execution"):
    """Needs execute and on_securities_changed; on_order_event is optional."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        check_methods(model, "IExecutionModel", ("execute", "on_securities_changed"))
        self._model, self._python_instance = MethodCache(model), model
        self._hears_orders = has(model, "on_order_event")
        if has(model, "set_python_instance"):
            if isinstance(model, type):
                raise TypeError(f"No method matches given arguments for set_python_instance: ({type(model)!r})")
            model.set_python_instance(model)

    def execute(self, algorithm: Any, targets: Any) -> None:
        self._model.find("execute")(fresh(algorithm), array_of(PortfolioTarget, targets))

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        self._model.find("on_securities_changed")(fresh(algorithm), changes)

    def on_order_event(self, algorithm: Any, order_event: Any) -> None:
        if self._hears_orders:
            self._model.find("on_order_event")(fresh(algorithm), order_event)


def execution_model(model: Any) -> ExecutionModel:
    """LEAN's own models as they are, all else wrapped."""
    return model if isinstance(model, ExecutionModel) and is_plain_clr(model) else ExecutionModelPythonWrapper(model)
