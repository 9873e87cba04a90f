""".NET events: handlers are added by += and removed by -=."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lean_stubs.clr.border import ClrObject

__all__ = ["ClrEvent"]


class ClrEvent(ClrObject, clr="Python.Runtime"):
    """Handlers in the order in which they were added; calling the event calls them all."""

    def __init__(self) -> None:
        # Replaced by a longer or shorter one: a call goes on with the handlers that it began with.
        self._handlers: tuple[Callable[..., Any], ...] = ()

    def __iadd__(self, handler: Any) -> ClrEvent:
        if not callable(handler):
            raise TypeError("event handlers must be callable")
        self._handlers = (*self._handlers, handler)
        return self

    def __isub__(self, handler: Any) -> ClrEvent:
        if handler not in self._handlers:
            raise ValueError("unknown event handler")
        at = self._handlers.index(handler)
        self._handlers = self._handlers[:at] + self._handlers[at + 1 :]
        return self

    if TYPE_CHECKING:
        # What mypy asks for where an event is a property with a setter: "indicator.updated += handler".
        def __add__(self, handler: Any) -> ClrEvent: ...
        def __sub__(self, handler: Any) -> ClrEvent: ...

    def __call__(self, *arguments: Any) -> None:
        for handler in self._handlers:
            handler(*arguments)

    def __bool__(self) -> bool:
        return bool(self._handlers)
