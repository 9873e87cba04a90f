"""A Python risk model as the engine holds it (Algorithm/Risk/RiskManagementModelPythonWrapper.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.clr import array_of
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.clr.overrides import MethodCache, has, is_plain_clr
from lean_stubs.clr.returns import as_items
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.risk.model import RiskManagementModel

__all__ = ["RiskManagementModelPythonWrapper", "risk_model"]


class RiskManagementModelPythonWrapper(RiskManagementModel, clr="QuantConnect.Algorithm.Framework.Risk"):
    """Only manage_risk is asked for when the model is set; a missing on_securities_changed fails at the first change."""

    def __init__(self, model: Any) -> None:
        if not has(model, "manage_risk"):
            raise NotImplementedException(
                f"IRiskManagementModel must be fully implemented. Please implement the missing ManageRisk on {type(model).__name__}"
            )
        self._model = MethodCache(model)

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        asked = array_of(PortfolioTarget, targets)
        yield from as_items(self._model.find("manage_risk")(fresh(algorithm), asked), "manage_risk", PortfolioTarget)  # type: ignore[misc]

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        self._model.find("on_securities_changed")(fresh(algorithm), changes)


def risk_model(model: Any) -> RiskManagementModel:
    """LEAN's own models as they are, all else wrapped."""
    return model if isinstance(model, RiskManagementModel) and is_plain_clr(model) else RiskManagementModelPythonWrapper(model)
