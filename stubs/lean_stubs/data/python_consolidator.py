"""Base of consolidators written in Python (LEAN: Common/Python/PythonConsolidator.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from lean_stubs.data.consolidator_base import DataConsolidator

if TYPE_CHECKING:
    from typing import Self

__all__ = ["PythonConsolidator"]


class PythonConsolidator(DataConsolidator, clr="QuantConnect.Python"):
    """Holds the event, the window and what a subclass assigns; the rule is the subclass's."""

    def __new__(cls, *arguments: Any, **named: Any) -> Self:
        # The base object exists even if a subclass never calls super().__init__().
        made: Self = object.__new__(cls)
        DataConsolidator.__init__(made)
        made._working, made._types = None, [None, None]
        return made

    _working: Any
    _types: list[Any]

    def __init__(self) -> None:
        """Nothing to set."""

    @property
    def working_data(self) -> Any:
        return self._working

    @working_data.setter
    def working_data(self, value: Any) -> None:
        self._working = value

    @property
    def input_type(self) -> Any:
        return self._types[0]

    @input_type.setter
    def input_type(self, value: Any) -> None:
        self._types[0] = value

    @property
    def output_type(self) -> Any:
        return self._types[1]

    @output_type.setter
    def output_type(self, value: Any) -> None:
        self._types[1] = value

    def on_data_consolidated(self, consolidator: Any, data: Any) -> None:
        """Puts the data into the window, then tells the handlers; ``consolidated`` is the subclass's to set."""
        if data is not None:
            self._window.add(data)
        self._event(consolidator, data)

    def update(self, data: Any) -> None:
        """Nothing unless overridden."""

    def scan(self, current_local_time: datetime) -> None:
        """Nothing unless overridden."""

    def reset(self) -> None:
        super().reset()
        self._working = None

    def dispose(self) -> None:
        """Nothing to free."""
