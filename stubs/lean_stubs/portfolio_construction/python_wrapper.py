"""A Python portfolio model as the engine holds it (Algorithm/Portfolio/PortfolioConstructionModelPythonWrapper.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.clr import array_of
from lean_stubs.clr.instants import aware_utc
from lean_stubs.clr.overrides import MethodCache, check_methods, find_python, is_plain_clr
from lean_stubs.clr.returns import as_bool, as_items, as_list, as_percents
from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.model import PortfolioConstructionModel
from lean_stubs.portfolio_construction.percents import InsightPercents
from lean_stubs.portfolio_construction.target import PortfolioTarget

__all__ = ["PortfolioConstructionModelPythonWrapper", "portfolio_model"]


class PortfolioConstructionModelPythonWrapper(PortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    """Attaches itself to the model, whose compiled base then calls the Python overrides through it."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        check_methods(model, "IPortfolioConstructionModel", ("create_targets", "on_securities_changed"))
        self._model, self._instance = MethodCache(model), model
        self._model.find("set_python_wrapper")(self)
        self._in_python = find_python(model, "determine_target_percent") is not None

    @property
    def rebalance_on_security_changes(self) -> bool:
        return as_bool(self._instance.rebalance_on_security_changes, "rebalance_on_security_changes")

    @rebalance_on_security_changes.setter
    def rebalance_on_security_changes(self, value: bool) -> None:
        self._instance.rebalance_on_security_changes = value

    @property
    def rebalance_on_insight_changes(self) -> bool:
        return as_bool(self._instance.rebalance_on_insight_changes, "rebalance_on_insight_changes")

    @rebalance_on_insight_changes.setter
    def rebalance_on_insight_changes(self, value: bool) -> None:
        self._instance.rebalance_on_insight_changes = value

    def create_targets(self, algorithm: Any, insights: Iterable[Insight]) -> Any:
        new = array_of(Insight, [Insight._wrap(i._state) for i in insights])
        return as_items(self._model.find("create_targets")(fresh(algorithm), new), "create_targets", PortfolioTarget)

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        self._model.find("on_securities_changed")(fresh(algorithm), changes)

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return as_bool(self._model.find("should_create_target_for_insight")(insight), "should_create_target_for_insight")

    def is_rebalance_due(self, insights: Iterable[Insight], algorithm_utc: datetime) -> bool:
        utc = algorithm_utc if algorithm_utc.tzinfo is not None else aware_utc(algorithm_utc)
        return as_bool(self._model.find("is_rebalance_due")(insights, utc), "is_rebalance_due")

    def get_target_insights(self) -> list[Insight]:
        return as_list(self._model.find("get_target_insights")(), "get_target_insights", Insight)

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        answer = self._model.find("determine_target_percent")([Insight._wrap(i._state) for i in active_insights])
        if isinstance(answer, InsightPercents):
            return answer
        return as_percents(answer, "determine_target_percent", Insight)


def portfolio_model(model: Any) -> PortfolioConstructionModel:
    """LEAN's own models as they are, all else wrapped."""
    if isinstance(model, PortfolioConstructionModel) and is_plain_clr(model):
        return model
    return PortfolioConstructionModelPythonWrapper(model)
