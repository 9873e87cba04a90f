"""Messages of the algorithm (LEAN: QCAlgorithm.Debug, Log, Error)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.overloads import bound

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
    def debug_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "debug"]

    @property
    def log_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "log"]

    @property
    def error_messages(self) -> list[str]:
        return [text for kind, _, text in self._clr.logs if kind == "error"]


def _text(message: Any) -> str:
    return "" if message is None else str(message)
