"""Several alpha models as one (Algorithm/Alphas/CompositeAlphaModel.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, overload

from lean_stubs.alphas.model import AlphaModel
from lean_stubs.alphas.python_wrapper import alpha_model as held
from lean_stubs.clr.exceptions import ArgumentException, NullReferenceException
from lean_stubs.clr.overloads import bound
from lean_stubs.insights.insight import Insight

__all__ = ["CompositeAlphaModel"]


class CompositeAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Models in the order in which they were added; each insight without a source model gets its model's name."""

    def __init__(self, *alpha_models: Any) -> None:
        super().__init__()
        if not alpha_models:
            raise ArgumentException("Must specify at least 1 alpha model for the CompositeAlphaModel")
        self._models = [held(m) for m in alpha_models]

    @overload
    def add_alpha(self, py_alpha_model: Any) -> None: ...
    @overload
    def add_alpha(self, alpha_model: Any) -> None: ...
    def add_alpha(self, *arguments: Any, **named: Any) -> None:
        (given,) = bound(CompositeAlphaModel.add_alpha, arguments, named).values()
        self._models.append(held(given))

    def update(self, algorithm: Any, data: Any) -> Iterator[Insight]:
        for model in self._models:
            name = model.name
            for insight in model.update(algorithm, data):
                if insight is None:
                    raise NullReferenceException
                if not insight._state.source_model:
                    insight._state.source_model = name
                yield insight

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        for model in self._models:
            model.on_securities_changed(algorithm, changes)
