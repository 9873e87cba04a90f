"""Several risk models as one (Algorithm/Risk/CompositeRiskManagementModel.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentException, NullReferenceException
from lean_stubs.clr.overloads import bound
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.risk.model import RiskManagementModel
from lean_stubs.risk.python_wrapper import risk_model

__all__ = ["CompositeRiskManagementModel", "first_of_each_symbol"]


def first_of_each_symbol(targets: Iterable[PortfolioTarget | None]) -> Iterator[PortfolioTarget]:
    """The first target of each symbol, in order."""
    seen = set()
    for target in targets:
        if target is None:
            raise NullReferenceException
        if target.symbol not in seen:
            seen.add(target.symbol)
            yield target


class CompositeRiskManagementModel(RiskManagementModel, clr="QuantConnect.Algorithm.Framework.Risk"):
    """Each model sees what the one before it left."""

    def __init__(self, *models: Any, risk_management_models: Iterable[Any] = ()) -> None:
        models = (*models, *risk_management_models)
        if len(models) == 1 and isinstance(models[0], (list, tuple)):
            models = tuple(models[0])
        if not models:
            raise ArgumentException("Must specify at least 1 risk management model for the CompositeRiskManagementModel")
        self._models = [risk_model(m) for m in models]

    @overload
    def add_risk_management(self, py_risk_management_model: Any) -> None: ...
    @overload
    def add_risk_management(self, risk_management_model: Any) -> None: ...
    def add_risk_management(self, *arguments: Any, **named: Any) -> None:
        (given,) = bound(CompositeRiskManagementModel.add_risk_management, arguments, named).values()
        self._models.append(risk_model(given))

    def manage_risk(self, algorithm: Any, targets: Any) -> list[PortfolioTarget]:
        current = list(targets)
        for model in self._models:
            current = list(first_of_each_symbol([*model.manage_risk(algorithm, current), *current]))
        return current

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        for model in self._models:
            model.on_securities_changed(algorithm, changes)
