"""What every consolidator shows (LEAN: Common/Data/Consolidators/ConsolidatorBase.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.events import ClrEvent
from lean_stubs.data.base_data import TradeBar
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["DataConsolidator"]


class DataConsolidator(ClrObject, clr="QuantConnect.Data.Consolidators"):
    """Base: what every consolidator shows."""

    def __init__(self) -> None:
        self._event = ClrEvent()
        self._consolidated: Any = None
        self._window = RollingWindow(2)

    @property
    def window(self) -> RollingWindow:
        """The last bars, newest first (LEAN: WindowBase)."""
        return self._window

    @property
    def current(self) -> Any:
        return self._window[0] if self._window.count else None

    @current.setter
    def current(self, value: Any) -> None:
        self._window.add(value)

    @property
    def previous(self) -> Any:
        return self._window[1] if self._window.count > 1 else None

    def __getitem__(self, i: int) -> Any:
        return self._window[i]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._window)

    @property
    def data_consolidated(self) -> ClrEvent:
        return self._event

    @data_consolidated.setter
    def data_consolidated(self, value: Any) -> None:
        """Takes the result of ``+=``."""

    @property
    def consolidated(self) -> Any:
        return self._consolidated

    @consolidated.setter
    def consolidated(self, value: Any) -> None:
        self._consolidated = value

    @property
    def working_data(self) -> Any:
        return None

    @property
    def input_type(self) -> Any:
        return TradeBar

    @property
    def output_type(self) -> Any:
        return TradeBar

    def _emit(self, bar: Any) -> None:
        self._consolidated = bar
        self._window.add(bar)
        self._event(self, bar)

    def update(self, data: Any) -> None:
        raise NotImplementedError

    #: Whether no bar is begun, so that the passing of time ends none.
    _is_idle = False

    def scan(self, current_local_time: datetime) -> None:
        """Emit a bar that has ended, though no later data came."""

    def reset(self) -> None:
        self._consolidated = None
        self._window.reset()

    def dispose(self) -> None:
        self._event._handlers = ()
