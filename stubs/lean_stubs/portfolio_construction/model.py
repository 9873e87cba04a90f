"""Base of portfolio construction models (Algorithm/Portfolio/PortfolioConstructionModel.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.clr import ClrObject, array_of
from lean_stubs.clr.convert import cannot, no_match, to_bool, to_date_time
from lean_stubs.clr.exceptions import NotImplementedException, NullReferenceException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.clr.overrides import compiled
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.state import InsightState
from lean_stubs.portfolio_construction.rebalancing import RebalancingFunc, of_custom_model
from lean_stubs.portfolio_construction.target import PortfolioTarget

if TYPE_CHECKING:
    from typing import Self

    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.algorithm.state import AlgorithmState
    from lean_stubs.universe.changes import SecurityChanges

__all__ = ["NullPortfolioConstructionModel", "PortfolioConstructionModel"]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Portfolio"


class PortfolioConstructionModel(ClrObject, clr=_NAMESPACE):
    """A model that turns insights into targets.

    A Python subclass's hooks (is_rebalance_due, get_target_insights, should_create_target_for_insight,
    determine_target_percent) are seen only by the wrapper that the engine attaches; a model called from another model has none.
    """

    _clr_algorithm: AlgorithmState | None
    _wrapper: Any

    def __new__(cls, *arguments: Any, **named: Any) -> Self:
        # The base object exists even if a subclass never calls super().__init__().
        model: Self = object.__new__(cls)
        model._reset(None)
        return model

    def __init__(self, rebalancing_func: Callable[[datetime], datetime | None] | None = None) -> None:
        if rebalancing_func is not None and not callable(rebalancing_func):
            raise no_match(".ctor", rebalancing_func)
        self._reset(None if rebalancing_func is None else of_custom_model(rebalancing_func))

    def _reset(self, rebalancing: RebalancingFunc | None) -> None:
        self._rebalancing, self._rebalancing_time, self._has_security_changes = rebalancing, None, False
        self._on_security_changes = self._on_insight_changes = True
        self._clr_algorithm, self._wrapper = None, None

    _rebalancing: RebalancingFunc | None
    _rebalancing_time: datetime | None
    _has_security_changes: bool

    @property
    def rebalance_on_security_changes(self) -> bool:
        return self._on_security_changes

    @rebalance_on_security_changes.setter
    def rebalance_on_security_changes(self, value: bool) -> None:
        self._on_security_changes = to_bool(value)

    @property
    def rebalance_on_insight_changes(self) -> bool:
        return self._on_insight_changes

    @rebalance_on_insight_changes.setter
    def rebalance_on_insight_changes(self, value: bool) -> None:
        self._on_insight_changes = to_bool(value)

    @property
    def algorithm(self) -> QCAlgorithm | None:
        """None before the first create_targets or on_securities_changed."""
        return None if self._clr_algorithm is None else fresh(self._clr_algorithm)

    @algorithm.setter
    def algorithm(self, value: QCAlgorithm | None) -> None:
        if value is not None and not hasattr(value, "_clr"):
            raise cannot(value, "QuantConnect.Interfaces.IAlgorithm")
        self._clr_algorithm = None if value is None else state_of(value)

    @property
    def python_wrapper(self) -> Any:
        return self._wrapper

    @python_wrapper.setter
    def python_wrapper(self, value: Any) -> None:
        self.set_python_wrapper(value)

    def set_python_wrapper(self, python_wrapper: Any) -> None:
        if python_wrapper is not None and not isinstance(python_wrapper, PortfolioConstructionModel):
            raise cannot(python_wrapper, f"{_NAMESPACE}.PortfolioConstructionModelPythonWrapper")
        self._wrapper = python_wrapper

    def _hook(self, name: str) -> Any:
        """How compiled code calls a virtual method: through the wrapper if there is one, else past any Python override."""
        return compiled(self, name) if self._wrapper is None else getattr(self._wrapper, name)

    def _state(self) -> AlgorithmState:
        if self._clr_algorithm is None:
            raise NullReferenceException
        return self._clr_algorithm

    def create_targets(self, algorithm: QCAlgorithm, insights: Iterable[Insight]) -> list[PortfolioTarget]:
        """Targets for the target insights, and zero for symbols whose last insight has expired; [] if not due."""
        state = self._clr_algorithm = state_of(algorithm)
        if self._wrapper is None:
            due = self._is_due(insights, state.utc)
        else:
            new = array_of(Insight, [Insight._wrap(i._state) for i in insights])
            due = self._wrapper.is_rebalance_due(new, aware_utc(state.utc))
        if not due:
            return []
        targets: list[PortfolioTarget] = []
        failed: set[Symbol] = set()
        wanted = self._hook("get_target_insights")()
        percents = self._hook("determine_target_percent")(wanted)
        for insight in wanted:
            if insight not in percents:
                continue
            target = PortfolioTarget.percent(state, insight._state.symbol, percents[insight])
            if target is None:
                failed.add(insight._state.symbol)
            else:
                targets.append(target)
        expired = dict.fromkeys(s.symbol for s in state.insights._remove_expired(state.utc))
        targets.extend(
            PortfolioTarget(symbol, 0)
            for symbol in expired
            if symbol not in failed and not state.insights._has_active(symbol, state.utc)
        )
        return targets

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Remembers the change and expires the insights of removed securities."""
        state = state_of(algorithm)
        if self._clr_algorithm is None:
            self._clr_algorithm = state
        self._has_security_changes = changes is not type(changes).NONE
        state.insights._expire_symbols([s.symbol for s in changes.removed_securities])

    def get_target_insights(self) -> list[Insight]:
        """The last active insight of each symbol; of two generated at once the one added last."""
        state = self._state()
        valid = self._hook("should_create_target_for_insight")
        # LEAN's own answer is always yes: no wrapper is made for it.
        every = getattr(valid, "__func__", None) is _ALL_INSIGHTS
        last: dict[Any, InsightState] = {}
        for found in state.insights._active(state.utc):
            if every or valid(Insight._wrap(found)):
                best = last.get(found.symbol)
                if best is None or found.generated >= best.generated:
                    last[found.symbol] = found
        return [Insight._wrap(s) for s in last.values()]

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return True

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        """Share of the portfolio for each insight; one that is left out gets no target."""
        raise NotImplementedException(
            "Types deriving from 'PortfolioConstructionModel' must implement the "
            "'Dictionary<Insight, double> DetermineTargetPercent(ICollection<Insight>)' method."
        )

    def set_rebalancing_func(self, rebalance: Any) -> None:
        """A date rule, a callable from aware UTC to the next time or None, or a timedelta; anything else means always."""
        self._rebalancing = of_custom_model(rebalance)

    def is_rebalance_due(self, insights: Iterable[Insight], algorithm_utc: datetime) -> bool:
        """Always without a rebalancing function; else by its time, and by changes of securities and insights as set."""
        return self._is_due(insights, to_date_time(algorithm_utc))

    def _is_due(self, insights: Iterable[Insight], utc: datetime) -> bool:
        if self._rebalancing is None:
            self._refresh(utc)
            return True
        insights_now = self._state().insights
        if self._rebalancing_time is None:
            self._rebalancing_time = self._rebalancing(utc)
            if self._rebalancing_time is not None and self._rebalancing_time <= utc:
                # The function must not be asked twice in one step.
                self._rebalancing_time, self._has_security_changes = None, False
                return True
        by_time = self._rebalancing_time is not None and self._rebalancing_time <= utc
        by_securities = self._on_security_changes and self._has_security_changes
        if not (by_time or by_securities) and self._on_insight_changes:
            by_time = any(True for _ in insights) or (insights_now._next_expiry() or utc) < utc
        if by_time or by_securities:
            self._refresh(utc)
            return True
        return False

    def refresh_rebalance(self, algorithm_utc: datetime) -> None:
        """Sets the next rebalancing time and forgets security changes."""
        self._refresh(to_date_time(algorithm_utc))

    def _refresh(self, utc: datetime) -> None:
        if self._rebalancing is not None:
            self._rebalancing_time = self._rebalancing(utc)
        self._has_security_changes = False

    @staticmethod
    def filter_invalid_insight_magnitude(algorithm: QCAlgorithm, insights: Iterable[Insight]) -> Any:
        """Insights without a magnitude or with one inside the settings' limits for targets."""
        settings, kept = state_of(algorithm).settings, []
        low, high = settings.min_absolute_portfolio_target_percentage, settings.max_absolute_portfolio_target_percentage
        for insight in insights:
            if not insight.magnitude or low <= abs(insight.magnitude) <= high:
                kept.append(insight)
            else:
                state_of(algorithm).error(
                    f"PortfolioConstructionModel.FilterInvalidInsightMagnitude(): {insight.magnitude} is out of limits"
                )
        return array_of(Insight, kept)


_ALL_INSIGHTS = PortfolioConstructionModel.should_create_target_for_insight


class NullPortfolioConstructionModel(PortfolioConstructionModel, clr=_NAMESPACE):
    """Makes no targets and removes no insights."""

    def create_targets(self, algorithm: QCAlgorithm, insights: Iterable[Insight]) -> list[PortfolioTarget]:
        return []
