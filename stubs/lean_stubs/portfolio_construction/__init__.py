"""Portfolio construction models and targets."""

from lean_stubs.portfolio_construction.accumulative import AccumulativeInsightPortfolioConstructionModel
from lean_stubs.portfolio_construction.bias import PortfolioBias
from lean_stubs.portfolio_construction.confidence_weighting import ConfidenceWeightedPortfolioConstructionModel
from lean_stubs.portfolio_construction.equal_weighting import EqualWeightingPortfolioConstructionModel
from lean_stubs.portfolio_construction.insight_weighting import InsightWeightingPortfolioConstructionModel
from lean_stubs.portfolio_construction.model import NullPortfolioConstructionModel, PortfolioConstructionModel
from lean_stubs.portfolio_construction.python_wrapper import PortfolioConstructionModelPythonWrapper
from lean_stubs.portfolio_construction.sector_weighting import SectorWeightingPortfolioConstructionModel
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection

__all__ = [
    "AccumulativeInsightPortfolioConstructionModel",
    "ConfidenceWeightedPortfolioConstructionModel",
    "EqualWeightingPortfolioConstructionModel",
    "InsightWeightingPortfolioConstructionModel",
    "NullPortfolioConstructionModel",
    "PortfolioBias",
    "PortfolioConstructionModel",
    "PortfolioConstructionModelPythonWrapper",
    "PortfolioTarget",
    "PortfolioTargetCollection",
    "SectorWeightingPortfolioConstructionModel",
]
