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
from lean_stubs.risk.sector_exposure import MaximumSectorExposureRiskManagementModel

__all__ = [
    "CompositeRiskManagementModel",
    "MaximumDrawdownPercentPerSecurity",
    "MaximumDrawdownPercentPortfolio",
    "MaximumSectorExposureRiskManagementModel",
    "MaximumUnrealizedProfitPercentPerSecurity",
    "NullRiskManagementModel",
    "RiskManagementModel",
    "RiskManagementModelPythonWrapper",
    "TrailingStopRiskManagementModel",
]
