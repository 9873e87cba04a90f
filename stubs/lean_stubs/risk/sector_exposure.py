"""A limit for each sector (Algorithm.Framework/Risk/MaximumSectorExposureRiskManagementModel)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr.convert import to_decimal
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException, InvalidOperationException
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection
from lean_stubs.risk.model import RiskManagementModel

__all__ = ["MaximumSectorExposureRiskManagementModel"]


class MaximumSectorExposureRiskManagementModel(RiskManagementModel, clr="QuantConnect.Algorithm.Framework.Risk"):
    """Scales the targets of a sector down to a share of the portfolio; needs company reports.

    LEAN's own data hold none: there, as here, the first securities end the run.
    """

    def __init__(self, maximum_sector_exposure: float = 0.20) -> None:
        if maximum_sector_exposure <= 0:
            raise ArgumentOutOfRangeException(f"maximum_sector_exposure must be positive, got {maximum_sector_exposure}")
        self._limit = to_decimal(maximum_sector_exposure)
        self._targets = PortfolioTargetCollection()

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        state = state_of(algorithm)
        most = state.portfolio.total_portfolio_value * float(self._limit)
        self._targets.add_range(targets)
        sectors: dict[Any, list[Any]] = {}
        for security in state.universe_manager._member_securities().values():
            if security.fundamentals.has_fundamental_data:
                code = security.fundamentals.company_reference.industry_template_code
                sectors.setdefault(code, []).append(security)
        for securities in sectors.values():
            ratio = sum(self._worth(security) for security in securities) / most
            for security in securities:
                quantity = self._quantity(security)
                if ratio > 1 and quantity:
                    yield PortfolioTarget(security.symbol, quantity / ratio)

    def _quantity(self, security: Any) -> float:
        symbol = security.symbol
        shares = self._targets[symbol].quantity if self._targets.contains_key(symbol) else security.holdings.quantity
        return float(shares)

    def _worth(self, security: Any) -> float:
        return float(security.price * abs(self._quantity(security)))

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        members = state_of(algorithm).universe_manager._member_securities().values()
        if not any(security.fundamentals.has_fundamental_data for security in members):
            raise InvalidOperationException(
                "MaximumSectorExposureRiskManagementModel needs securities with fundamental data; none of the universe has any."
            )
