"""A Python alpha model as the engine holds it (Algorithm/Alphas/AlphaModelPythonWrapper.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr.exceptions import InvalidCastException
from lean_stubs.clr.overrides import MethodCache, check_methods, has, is_plain_clr
from lean_stubs.clr.returns import as_items
from lean_stubs.insights.insight import Insight

__all__ = ["AlphaModelPythonWrapper", "alpha_model"]


class AlphaModelPythonWrapper(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Calls the user's methods and checks what they return."""

    def __init__(self, model: Any) -> None:
        check_methods(model, "IAlphaModel", ("update", "on_securities_changed"))
        self._model = MethodCache(model)
        self._python_instance = model
        if has(model, "set_python_instance"):
            if isinstance(model, type):
                raise TypeError(f"No method matches given arguments for set_python_instance: ({type(model)!r})")
            model.set_python_instance(model)

    def _read_name(self) -> str | None:
        model = self._python_instance
        for spelling in ("name", "Name"):
            if hasattr(model, spelling):
                value = getattr(model, spelling)
                if value is not None and not isinstance(value, str):
                    kind = type(value).__name__
                    raise InvalidCastException(f"Invalid type for property 'name'. Expected 'String' but was '{kind}'")
                return value
        return type(model).__name__

    def update(self, algorithm: Any, data: Any) -> Iterator[Insight]:
        yield from as_items(self._model.find("update")(fresh(algorithm), data), "update", Insight)  # type: ignore[misc]

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        self._model.find("on_securities_changed")(fresh(algorithm), changes)


def alpha_model(model: Any) -> AlphaModel:
    """LEAN's own models as they are, all else wrapped."""
    return model if isinstance(model, AlphaModel) and is_plain_clr(model) else AlphaModelPythonWrapper(model)
