"""The algorithm framework: its models and its step (Algorithm/QCAlgorithm.Framework.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lean_stubs.alphas.composite import CompositeAlphaModel
from lean_stubs.alphas.model import AlphaModel, NullAlphaModel
from lean_stubs.alphas.python_wrapper import alpha_model
from lean_stubs.clr import ClrArray
from lean_stubs.clr.convert import cannot, no_match, to_bool
from lean_stubs.clr.events import ClrEvent
from lean_stubs.clr.exceptions import NullReferenceException
from lean_stubs.execution.immediate import ImmediateExecutionModel
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.execution.python_wrapper import execution_model
from lean_stubs.insights.enums import InsightType
from lean_stubs.insights.generated import GeneratedInsightsCollection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.manager import InsightManager
from lean_stubs.portfolio_construction.model import NullPortfolioConstructionModel, PortfolioConstructionModel
from lean_stubs.portfolio_construction.python_wrapper import portfolio_model
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.risk.composite import CompositeRiskManagementModel, first_of_each_symbol
from lean_stubs.risk.model import NullRiskManagementModel, RiskManagementModel
from lean_stubs.risk.python_wrapper import risk_model

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["FrameworkMethods", "attach", "framework_securities_changed", "framework_step"]


def attach(state: AlgorithmState) -> None:
    """The framework of a new algorithm: null models, immediate execution, no insights."""
    state.insights = InsightManager(state)
    state.alpha = NullAlphaModel()
    state.portfolio_construction = NullPortfolioConstructionModel()
    state.risk_management = NullRiskManagementModel()
    state.execution = ImmediateExecutionModel()
    PortfolioTarget.minimum_order_margin_percentage_warning_sent = None


def _typed(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise cannot(value, f"{kind.__module__}.I{kind.__name__}")
    return value


class FrameworkMethods:
    """What QCAlgorithm offers of the framework."""

    _clr: AlgorithmState

    @property
    def debug_mode(self) -> bool:
        return bool(self._clr.extra.get("debug_mode", False))

    @debug_mode.setter
    def debug_mode(self, value: bool) -> None:
        self._clr.extra["debug_mode"] = to_bool(value)

    @property
    def insights(self) -> InsightManager:
        manager: InsightManager = self._clr.insights
        return manager

    @insights.setter
    def insights(self, value: InsightManager) -> None:
        self._clr.insights = _typed(value, InsightManager)

    @property
    def alpha(self) -> AlphaModel:
        model: AlphaModel = self._clr.alpha
        return model

    @alpha.setter
    def alpha(self, value: AlphaModel) -> None:
        self._clr.alpha = _typed(value, AlphaModel)

    @property
    def portfolio_construction(self) -> PortfolioConstructionModel:
        model: PortfolioConstructionModel = self._clr.portfolio_construction
        return model

    @portfolio_construction.setter
    def portfolio_construction(self, value: PortfolioConstructionModel) -> None:
        self._clr.portfolio_construction = _typed(value, PortfolioConstructionModel)

    @property
    def risk_management(self) -> RiskManagementModel:
        model: RiskManagementModel = self._clr.risk_management
        return model

    @risk_management.setter
    def risk_management(self, value: RiskManagementModel) -> None:
        self._clr.risk_management = _typed(value, RiskManagementModel)

    @property
    def execution(self) -> ExecutionModel:
        model: ExecutionModel = self._clr.execution
        return model

    @execution.setter
    def execution(self, value: ExecutionModel) -> None:
        self._clr.execution = _typed(value, ExecutionModel)

    @property
    def insights_generated(self) -> ClrEvent:
        """Handlers get (algorithm, collection), after the insights are stored and before targets are made."""
        return _event(self._clr)

    @insights_generated.setter
    def insights_generated(self, value: ClrEvent) -> None:
        # "event += handler" assigns the event to itself.
        _typed(value, ClrEvent)

    def add_insights_generated(self, handler: Any) -> None:
        _event(self._clr).__iadd__(handler)

    def remove_insights_generated(self, handler: Any) -> None:
        _event(self._clr).__isub__(handler)

    def set_alpha(self, alpha: Any) -> None:
        """Replaces the alpha model."""
        self._clr.alpha = alpha_model(alpha)

    def add_alpha(self, alpha: Any) -> None:
        """Adds a model beside those set before."""
        added, current = alpha_model(alpha), self._clr.alpha
        if type(current) is NullAlphaModel:
            self._clr.alpha = added
        elif isinstance(current, CompositeAlphaModel):
            current.add_alpha(added)
        else:
            self._clr.alpha = CompositeAlphaModel(current, added)

    def set_portfolio_construction(self, portfolio_construction: Any) -> None:
        self._clr.portfolio_construction = portfolio_model(portfolio_construction)

    def set_execution(self, execution: Any) -> None:
        self._clr.execution = execution_model(execution)

    def set_risk_management(self, risk_management: Any) -> None:
        self._clr.risk_management = risk_model(risk_management)

    def add_risk_management(self, risk_management: Any) -> None:
        """Adds a model after those set before."""
        added, current = risk_model(risk_management), self._clr.risk_management
        if type(current) is NullRiskManagementModel:
            self._clr.risk_management = added
        elif isinstance(current, CompositeRiskManagementModel):
            current.add_risk_management(added)
        else:
            self._clr.risk_management = CompositeRiskManagementModel(current, added)

    def emit_insights(self, *insights: Any, insight: Any = None) -> None:
        """Insights from outside the alpha model: stored, and portfolio, risk and execution run at once.

        Ignored while warming up, with one error message.
        """
        state = self._clr
        given = insights if insight is None else (insight,)
        items = given[0] if len(given) == 1 and isinstance(given[0], (list, tuple, ClrArray)) else given
        if not all(isinstance(i, Insight) for i in items):
            raise no_match("emit_insights", *given)
        if state.is_warming_up:
            _once(state, "warm-up insights", "Warning: insights emitted during algorithm warmup are ignored.")
            return
        valid = _initialize(state, list(items))
        _generated(state, valid)
        _process(state, valid)


def _event(state: AlgorithmState) -> ClrEvent:
    event: ClrEvent = state.extra.setdefault("insights_generated", ClrEvent())
    return event


def _once(state: AlgorithmState, key: str, message: str) -> None:
    if not state.extra.get(key):
        state.extra[key] = True
        state.error(message)


def _initialize(state: AlgorithmState, insights: list[Insight]) -> list[Insight]:
    """Times, reference value and source model; insights of delisted securities are dropped."""
    valid: list[Insight] = []
    for insight in insights:
        if insight is None:
            raise NullReferenceException
        kept = insight._state
        security = state.securities[kept.symbol]
        if security.is_delisted:
            message = "QCAlgorithm.EmitInsights(): Warning: cannot emit insights for delisted securities, these will be discarded"
            _once(state, "delisted insights", message)
            continue
        if kept.type is InsightType.PRICE:
            kept.reference_value = security.price
        elif kept.type is InsightType.VOLATILITY:
            kept.reference_value = security.volatility_model.volatility
        if not kept.source_model:
            kept.source_model = state.alpha.name
        symbol = kept.symbol
        kept.initialize(state.utc, state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type))
        valid.append(insight)
    return valid


def _generated(state: AlgorithmState, insights: list[Insight]) -> None:
    for insight in insights:
        state.insights._add(insight._state)
    event = state.extra.get("insights_generated")
    if event:
        from lean_stubs.algorithm.wrappers import fresh

        event(fresh(state), GeneratedInsightsCollection(state.utc, insights))


def _targets(state: AlgorithmState, given: Iterable[PortfolioTarget | None]) -> list[PortfolioTarget]:
    """The targets, written to the holdings; an unknown symbol or None raises."""
    found = list(given)
    for target in found:
        if target is None:
            raise NullReferenceException
        state.securities[target.symbol].holdings.target = target
    return found  # type: ignore[return-value]


def _process(state: AlgorithmState, insights: list[Insight]) -> None:
    targets = _targets(state, state.portfolio_construction.create_targets(state, insights))
    overrides = _targets(state, state.risk_management.manage_risk(state, targets))
    merged = list(first_of_each_symbol([*overrides, *targets]))
    if state.results is not None:
        state.results.note_targets(merged)
    state.execution.execute(state, merged)


def framework_step(state: AlgorithmState, slice: Any) -> None:
    """Alpha, portfolio construction, risk and execution on one slice (OnFrameworkData after its universe refresh)."""
    state.insights.step(state.utc)
    if not slice.has_data:
        return
    insights = list(state.alpha.update(state, slice))
    if insights:
        insights = _initialize(state, insights)
        _generated(state, insights)
    _process(state, insights)


def framework_securities_changed(state: AlgorithmState, changes: Any) -> None:
    """Alpha, portfolio, execution, risk: in this order."""
    state.alpha.on_securities_changed(state, changes)
    state.portfolio_construction.on_securities_changed(state, changes)
    state.execution.on_securities_changed(state, changes)
    state.risk_management.on_securities_changed(state, changes)
