"""Indicators that look at a window of values (LEAN: Sum, Maximum, Minimum, Delay, Identity)."""

from __future__ import annotations

from math import fsum
from typing import Any, overload

from lean_stubs.indicators.base import Indicator, WindowIndicator, named
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["Delay", "Identity", "Maximum", "Minimum", "Sum"]


class Identity(Indicator, clr="QuantConnect.Indicators"):
    """The value itself."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._warm_up_period = 1

    def compute_next_value(self, input: Any) -> float:
        return float(input._value)


class Sum(WindowIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("SUM({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        # Summed anew: running sums drift, .NET's decimals do not.
        return fsum(values._items)


class Maximum(WindowIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("MAX({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        return float(max(values._items))

    @property
    def periods_since_maximum(self) -> int:
        items = list(self._values._items)
        return items.index(max(items)) if items else 0


class Minimum(WindowIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("MIN({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        return float(min(values._items))

    @property
    def periods_since_minimum(self) -> int:
        items = list(self._values._items)
        return items.index(min(items)) if items else 0


class Delay(WindowIndicator, clr="QuantConnect.Indicators"):
    """The value `period` samples ago."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("DELAY({})", arguments, keywords)
        super().__init__(name, *rest)
        self._warm_up_period = self.period + 1

    @property
    def is_ready(self) -> bool:
        return self._samples > self.period

    def _next(self, values: RollingWindow, value: float) -> float:
        return self._oldest()
