"""Base of alpha models (Algorithm/Alphas/AlphaModel.cs, NullAlphaModel.cs)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lean_stubs.clr.convert import to_optional_string
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.clr.models import PythonModelBase
from lean_stubs.insights.insight import Insight

if TYPE_CHECKING:
    from typing import Self

    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.data.slice import Slice
    from lean_stubs.universe.changes import SecurityChanges

__all__ = ["AlphaModel", "NullAlphaModel"]


class AlphaModel(PythonModelBase, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """A model that turns data into insights.

    The default name is a random id, new in every run; set ``self.name`` after ``super().__init__()``.
    """

    _name: str | None

    def __new__(cls, *arguments: Any, **named: Any) -> Self:
        # The base object exists even if a subclass never calls super().__init__().
        model: Self = object.__new__(cls)
        model._name = str(uuid.uuid4())
        return model

    def __init__(self) -> None:
        self._name = str(uuid.uuid4())

    @property
    def name(self) -> str:
        """What insights carry as source model, unless they bring their own."""
        return self._read_name()  # type: ignore[return-value]

    @name.setter
    def name(self, value: str) -> None:
        self._name = to_optional_string(value)

    def _read_name(self) -> str | None:
        return self._name

    def update(self, algorithm: QCAlgorithm, data: Slice) -> Iterable[Insight]:
        """Called on every slice with data."""
        raise NotImplementedException(
            "Types deriving from 'AlphaModel' must implement the 'IEnumerable<Insight> Update(QCAlgorithm, Slice)' method."
        )

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Called when securities join or leave the universe."""


class NullAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Emits nothing."""

    def update(self, algorithm: QCAlgorithm, data: Slice) -> Iterable[Insight]:
        return []
