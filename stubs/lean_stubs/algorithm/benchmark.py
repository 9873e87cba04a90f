"""What results are compared with (LEAN: Common/Benchmarks)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import argument

__all__ = ["FuncBenchmark", "SecurityBenchmark"]


class SecurityBenchmark(ClrObject, clr="QuantConnect.Benchmarks"):
    """Price of a security; its hourly bars come in by an internal feed."""

    def __init__(self, security: Any) -> None:
        self._security = security

    @property
    def security(self) -> Any:
        return self._security

    def evaluate(self, time: datetime) -> float:
        security = self._security
        # Without rates between currencies LEAN's conversion rate is zero.
        book = security._state.portfolio._cash_book
        cash = book.get(security._properties.quote_currency)
        return 0.0 if cash is None else float(security.price) * cash.conversion_rate


class FuncBenchmark(ClrObject, clr="QuantConnect.Benchmarks"):
    """A function of the time."""

    @overload
    def __init__(self, py_func: Any) -> None: ...
    @overload
    def __init__(self, benchmark: Callable[[datetime], float]) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._function: Callable[[datetime], Any] = argument(FuncBenchmark.__init__, arguments, named)

    def evaluate(self, time: datetime) -> float:
        return float(self._function(time))
