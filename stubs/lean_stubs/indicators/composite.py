"""Indicators of indicators (LEAN: CompositeIndicator, ConstantIndicator, IndicatorExtensions)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.indicators.base import Indicator, IndicatorBase
from lean_stubs.indicators.data_point import make_point
from lean_stubs.indicators.python_indicator import as_indicator

__all__ = ["CompositeIndicator", "ConstantIndicator", "IndicatorExtensions"]


class ConstantIndicator(Indicator, clr="QuantConnect.Indicators"):
    """Always the same value."""

    def __init__(self, name: str, value: float) -> None:
        super().__init__(name)
        self._constant = float(value)
        self._current = make_point(self._current._symbol, self._current._time, self._constant)

    @property
    def is_ready(self) -> bool:
        return True

    def compute_next_value(self, input: Any) -> float:
        return self._constant


class CompositeIndicator(Indicator, clr="QuantConnect.Indicators"):
    """Made of two others: it moves once both have moved. ``CompositeIndicator([name, ]left, right, composer)``."""

    @overload
    def __init__(self, name: str, left: Any, right: Any, handler: Any) -> None: ...
    @overload
    def __init__(self, left: Any, right: Any, handler: Any) -> None: ...
    @overload
    def __init__(self, name: str, left: IndicatorBase, right: IndicatorBase, composer: Any) -> None: ...
    @overload
    def __init__(self, left: IndicatorBase, right: IndicatorBase, composer: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(CompositeIndicator.__init__, arguments, named)
        name, left, right = given.get("name"), as_indicator(given["left"]), as_indicator(given["right"])
        composer = given["composer"] if "composer" in given else given["handler"]
        super().__init__(name or f"COMPOSE({left.name},{right.name})")
        self._left, self._right, self._composer = left, right, composer
        self._new_left: Any = None
        self._new_right: Any = None
        left.updated += self._left_moved
        right.updated += self._right_moved

    @property
    def left(self) -> IndicatorBase:
        left: IndicatorBase = self._left
        return left

    @property
    def right(self) -> IndicatorBase:
        right: IndicatorBase = self._right
        return right

    @property
    def is_ready(self) -> bool:
        return self.left.is_ready and self.right.is_ready

    def _left_moved(self, sender: Any, point: Any) -> None:
        self._new_left = point
        if self._new_right is not None or isinstance(self._right, ConstantIndicator):
            self._move(point)

    def _right_moved(self, sender: Any, point: Any) -> None:
        self._new_right = point
        if self._new_left is not None or isinstance(self._left, ConstantIndicator):
            self._move(point)

    def _move(self, point: Any) -> None:
        self._new_left = self._new_right = None
        at = max(point._time, self._left._current._time, self._right._current._time)
        self.update(make_point(point._symbol, at, 0.0))

    @overload
    def compute_next_value(self, _: Any) -> float: ...
    @overload
    def compute_next_value(self, input: Any) -> float: ...
    def compute_next_value(self, *arguments: Any, **named: Any) -> float:
        """What the composer makes of both; the point itself does not count."""
        argument(CompositeIndicator.compute_next_value, arguments, named)
        return self._validate(None)  # type: ignore[return-value]

    def _validate(self, data: Any) -> float | None:
        answer = self._composer(self._left, self._right)
        # A user's composer may give LEAN's IndicatorResult.
        return getattr(answer, "value", answer)  # type: ignore[no-any-return]

    def reset(self) -> None:
        self._left.reset()
        self._right.reset()
        super().reset()


def _side(other: Any) -> Any:
    other = as_indicator(other)
    return other if isinstance(other, IndicatorBase) else ConstantIndicator(str(other), other)


def _composed(
    call: Callable[..., Any], arguments: Any, named: dict[str, Any], sign: str, how: Callable[[float, float], float | None]
) -> CompositeIndicator:
    given = bound(call, arguments, named)
    a, b = _side(given["left"]), _side(given["right"] if "right" in given else given["constant"])
    label = given.get("name") or f"{a.name}_{sign}_{b.name}"
    return CompositeIndicator(label, a, b, lambda x, y: how(x._current._value, y._current._value))


class IndicatorExtensions(ClrObject, clr="QuantConnect.Indicators"):
    """Chains and arithmetic of indicators."""

    @staticmethod
    def of(second: Any, first: Any, wait_for_first_to_ready: bool = True) -> Any:
        """Feed `second` with the values of `first`."""
        first, second = as_indicator(first), as_indicator(second)

        def feed(sender: Any, point: Any) -> None:
            if not wait_for_first_to_ready or first.is_ready:
                second.update(point)

        first.updated += feed
        return second

    @overload
    @staticmethod
    def plus(left: Any, constant: float) -> CompositeIndicator: ...
    @overload
    @staticmethod
    def plus(left: Any, right: Any, name: str | None = None) -> CompositeIndicator: ...
    @staticmethod
    def plus(*arguments: Any, **named: Any) -> CompositeIndicator:
        return _composed(IndicatorExtensions.plus, arguments, named, "PLUS", lambda a, b: a + b)

    @overload
    @staticmethod
    def minus(left: Any, constant: float) -> CompositeIndicator: ...
    @overload
    @staticmethod
    def minus(left: Any, right: Any, name: str | None = None) -> CompositeIndicator: ...
    @staticmethod
    def minus(*arguments: Any, **named: Any) -> CompositeIndicator:
        return _composed(IndicatorExtensions.minus, arguments, named, "MINUS", lambda a, b: a - b)

    @overload
    @staticmethod
    def times(left: Any, constant: float) -> CompositeIndicator: ...
    @overload
    @staticmethod
    def times(left: Any, right: Any, name: str | None = None) -> CompositeIndicator: ...
    @staticmethod
    def times(*arguments: Any, **named: Any) -> CompositeIndicator:
        return _composed(IndicatorExtensions.times, arguments, named, "TIMES", lambda a, b: a * b)

    @overload
    @staticmethod
    def over(left: Any, constant: float) -> CompositeIndicator: ...
    @overload
    @staticmethod
    def over(left: Any, right: Any, name: str | None = None) -> CompositeIndicator: ...
    @staticmethod
    def over(*arguments: Any, **named: Any) -> CompositeIndicator:
        return _composed(IndicatorExtensions.over, arguments, named, "OVER", lambda a, b: a / b if b else None)

    @staticmethod
    def sma(left: Any, period: int, wait_for_first_to_ready: bool = True) -> Any:
        from lean_stubs.indicators.moving_averages import SimpleMovingAverage

        return IndicatorExtensions.of(SimpleMovingAverage(f"SMA{period}_Of_{left.name}", period), left, wait_for_first_to_ready)

    @staticmethod
    def ema(left: Any, period: int, smoothing_factor: float | None = None, wait_for_first_to_ready: bool = True) -> Any:
        from lean_stubs.indicators.moving_averages import ExponentialMovingAverage

        factor = [] if smoothing_factor is None else [smoothing_factor]
        average = ExponentialMovingAverage(f"EMA{period}_Of_{left.name}", period, *factor)
        return IndicatorExtensions.of(average, left, wait_for_first_to_ready)

    @staticmethod
    def max(left: Any, period: int, wait_for_first_to_ready: bool = True) -> Any:
        from lean_stubs.indicators.windows import Maximum

        return IndicatorExtensions.of(Maximum(f"MAX{period}_Of_{left.name}", period), left, wait_for_first_to_ready)

    @staticmethod
    def min(left: Any, period: int, wait_for_first_to_ready: bool = True) -> Any:
        from lean_stubs.indicators.windows import Minimum

        return IndicatorExtensions.of(Minimum(f"MIN{period}_Of_{left.name}", period), left, wait_for_first_to_ready)
