"""Risk models."""

from lean_stubs.risk.composite import CompositeRiskManagementModel
from lean_stubs.risk.drawdown import (
    MaximumDrawdownPercentPerSecurity,
    MaximumDrawdownPercentPortfolio,
    MaximumUnrealizedProfitPercentPerSecurity,
    TrailingStopRiskManagementModel,
)
from lean_stubs.risk.model import NullRiskManagementModel, RiskManagementModel
from lean_stubs.risk.python_wrapper import RiskManagementModelPythonWrapper

__all__ = [
    "CompositeRiskManagementModel",
    "MaximumDrawdownPercentPerSecurity",
    "MaximumDrawdownPercentPortfolio",
    "MaximumUnrealizedProfitPercentPerSecurity",
    "NullRiskManagementModel",
    "RiskManagementModel",
    "RiskManagementModelPythonWrapper",
    "TrailingStopRiskManagementModel",
]
