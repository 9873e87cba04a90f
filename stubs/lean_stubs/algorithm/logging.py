"""Messages of the algorithm (LEAN: QCAlgorithm.Debug, Log, Error)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import cannot
from lean_stubs.clr.overloads import bound
from lean_stubs.notifications.manager import NotificationManager

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["LoggingMethods"]


class LoggingMethods:
    """Numbers, None and other objects are written as text."""

    _clr: AlgorithmState

    def debug(self, message: Any) -> None:
        self._clr.debug(_text(message))

    def log(self, message: Any) -> None:
        self._clr.log(_text(message))

    @overload
    def error(self, message: Any) -> None: ...
    @overload
    def error(self, error: BaseException) -> None: ...
    def error(self, *arguments: Any, **named: Any) -> None:
        (message,) = bound(LoggingMethods.error, arguments, named).values()
        self._clr.error(_text(message))

    @property
    def notify(self) -> NotificationManager:
        """Messages to people; a backtest sends none."""
        manager: NotificationManager = self._clr.extra.setdefault("notify", NotificationManager(self._clr.live_mode))
        return manager

    @notify.setter
    def notify(self, value: NotificationManager) -> None:
        if not isinstance(value, NotificationManager):
            raise cannot(value, "QuantConnect.Notifications.NotificationManager")
        self._clr.extra["notify"] = value

    @property
    def debug_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "debug"]

    @debug_messages.setter
    def debug_messages(self, value: list[str]) -> None:
        others = [row for row in self._clr.logs if row[0] != "debug"]
        self._clr.logs[:] = [*others, *(("debug", self._clr.time, text) for text in value)]

    @property
    def log_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "log"]

    @log_messages.setter
    def log_messages(self, value: list[str]) -> None:
        others = [row for row in self._clr.logs if row[0] != "log"]
        self._clr.logs[:] = [*others, *(("log", self._clr.time, text) for text in value)]

    @property
    def error_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "error"]

    @error_messages.setter
    def error_messages(self, value: list[str]) -> None:
        others = [row for row in self._clr.logs if row[0] != "error"]
        self._clr.logs[:] = [*others, *(("error", self._clr.time, text) for text in value)]


def _text(message: Any) -> str:
    return "" if message is None else str(message)
