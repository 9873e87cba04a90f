"""Base of risk models (Algorithm/Risk/RiskManagementModel.cs, NullRiskManagementModel.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.portfolio_construction.target import PortfolioTarget

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.universe.changes import SecurityChanges

__all__ = ["NullRiskManagementModel", "RiskManagementModel"]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Risk"


class RiskManagementModel(ClrObject, clr=_NAMESPACE):
    """A model that overrides targets."""

    def manage_risk(self, algorithm: QCAlgorithm, targets: list[PortfolioTarget]) -> Iterable[PortfolioTarget]:
        """Called on every slice with data, with this step's targets; what it returns goes before them."""
        raise NotImplementedException(
            "Types deriving from 'RiskManagementModel' must implement the "
            "'IEnumerable<IPortfolioTarget> ManageRisk(QCAlgorithm, IPortfolioTarget[])' method."
        )

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Called when securities join or leave the universe."""


class NullRiskManagementModel(RiskManagementModel, clr=_NAMESPACE):
    """Overrides nothing."""

    def manage_risk(self, algorithm: QCAlgorithm, targets: list[PortfolioTarget]) -> Iterable[PortfolioTarget]:
        return []
