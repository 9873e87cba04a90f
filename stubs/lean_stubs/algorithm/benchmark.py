"""What results are compared with (LEAN: Common/Benchmarks)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrObject

__all__ = ["FuncBenchmark", "SecurityBenchmark"]


class SecurityBenchmark(ClrObject, clr="QuantConnect.Benchmarks"):
    """Price of a security; its hourly bars come in by an internal feed."""

    def __init__(self, security: Any) -> None:
        self._security = security

    @property
    def security(self) -> Any:
        return self._security

    def evaluate(self, time: datetime) -> float:
        return float(self._security.price)


class FuncBenchmark(ClrObject, clr="QuantConnect.Benchmarks"):
    """A function of the time."""

    def __init__(self, benchmark: Callable[[datetime], Any]) -> None:
        self._function = benchmark

    def evaluate(self, time: datetime) -> float:
        return float(self._function(time))
