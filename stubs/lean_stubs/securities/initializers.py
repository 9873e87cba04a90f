"""What is done to each new security (LEAN: FuncSecurityInitializer.cs, CompositeSecurityInitializer.cs)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lean_stubs.clr import ClrObject, overrides

__all__ = ["CompositeSecurityInitializer", "FuncSecurityInitializer"]


class FuncSecurityInitializer(ClrObject, clr="QuantConnect.Securities"):
    """Calls a function with the security."""

    def __init__(self, initializer: Callable[[Any], Any]) -> None:
        self._function = initializer

    def initialize(self, security: Any) -> None:
        self._function(security)


class CompositeSecurityInitializer(ClrObject, clr="QuantConnect.Securities"):
    """Several initializers, functions or objects, in their order."""

    def __init__(self, *initializers: Any) -> None:
        self._initializers = [
            FuncSecurityInitializer(item) if callable(item) and not overrides.has(item, "initialize") else item
            for item in initializers
        ]

    @property
    def initializers(self) -> list[Any]:
        return list(self._initializers)

    def initialize(self, security: Any) -> None:
        for initializer in self._initializers:
            overrides.find(initializer, "initialize")(security)
