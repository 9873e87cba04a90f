"""The same share for every sector (Algorithm.Framework/Portfolio/SectorWeightingPortfolioConstructionModel.cs)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.clr.overrides import compiled
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.equal_weighting import EqualWeightingPortfolioConstructionModel, check_insights
from lean_stubs.portfolio_construction.percents import InsightPercents

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.universe.changes import SecurityChanges

__all__ = ["SectorWeightingPortfolioConstructionModel"]


class SectorWeightingPortfolioConstructionModel(
    EqualWeightingPortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"
):
    """1/S for each sector, shared equally by its insights; securities without a sector are left out.

    LEAN's own data hold no company reports, so no security has a sector unless reports are given, or ``get_sector_code`` of the
    Python module's class is overridden.
    """

    _sectors: dict[Symbol, str]

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        model = super().__new__(cls)
        model._sectors = {}
        return model

    @overload
    def __init__(self, rebalance: Any) -> None: ...
    @overload
    def __init__(self, rebalancing_date_rules: Any) -> None: ...
    @overload
    def __init__(self, rebalancing_func: Any) -> None: ...
    @overload
    def __init__(self, time_span: timedelta) -> None: ...
    @overload
    def __init__(self, resolution: Resolution = ...) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(SectorWeightingPortfolioConstructionModel.__init__, arguments, named)
        super().__init__(next(iter(given.values()), Resolution.DAILY))

    def get_sector_code(self, security: Any) -> str:
        return str(security.fundamentals.company_reference.industry_template_code or "")

    def _sector(self, security: Any) -> str:
        """LEAN's compiled code does not see a Python override."""
        return str(compiled(self, "get_sector_code")(security) or "")

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return insight._state.symbol in self._sectors

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        insights = check_insights(active_insights)
        ways = {insight: int(insight._state.direction) for insight in insights}
        members = Counter(self._sectors[insight._state.symbol] for insight in insights if ways[insight])
        shares: dict[Insight, float] = {}
        for insight, way in ways.items():
            shares[insight] = way / len(members) / members[self._sectors[insight._state.symbol]] if way else 0.0
        return InsightPercents(shares)

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        for security in changes.removed_securities:
            self._sectors.pop(security.symbol, None)
        for security in changes.added_securities:
            sector = self._sector(security)
            if sector:
                self._sectors[security.symbol] = sector
        super().on_securities_changed(algorithm, changes)
