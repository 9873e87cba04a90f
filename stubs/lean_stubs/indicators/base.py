"""What all indicators share (LEAN: IndicatorBase, Indicator, WindowIndicator, BarIndicator)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import no_match, to_date_time, to_decimal, to_int
from lean_stubs.clr.events import ClrEvent
from lean_stubs.clr.exceptions import ArgumentException, NotImplementedException, NotSupportedException
from lean_stubs.clr.overloads import bound
from lean_stubs.common import Symbol
from lean_stubs.indicators.data_point import IndicatorDataPoint, make_point
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["Indicator", "IndicatorBase", "TradeBarIndicator", "WindowIndicator", "named"]

_NEVER = datetime(1, 1, 1)
_NUMBERS = (int, float)


def named(
    default: str, arguments: tuple[Any, ...], keywords: dict[str, Any] | None = None, fields: tuple[str, ...] = ("period",)
) -> tuple[str, tuple[Any, ...]]:
    """An indicator's name and its values, of arguments that may begin with the name and may be given by keyword.

    Braces in `default` take the values where no name is given.
    """
    given, values = dict(keywords or {}), list(arguments)
    name = given.pop("name", None)
    if name is None and values and isinstance(values[0], str):
        name = values.pop(0)
    for field in fields[len(values) :]:
        if field not in given:
            break
        values.append(given.pop(field))
    if given:
        raise no_match(".ctor", *arguments, *given.values())
    return (default.format(*values) if name is None else name), tuple(values)


class IndicatorBase(ClrObject, clr="QuantConnect.Indicators"):
    """Takes points in order of time and keeps its last values; `window` holds the last two or more of them."""

    DEFAULT_WINDOW_SIZE = 2

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._samples = 0
        self._window = RollingWindow(self.DEFAULT_WINDOW_SIZE)
        self._current = make_point(Symbol.EMPTY, _NEVER, 0.0)
        self._updated = ClrEvent()
        self._previous_input: dict[Symbol, Any] = {}
        self._warm_up_period = 0
        self._consolidators: list[Any] = []

    # A subclass gives these.

    def compute_next_value(self, input: Any) -> float:
        raise NotImplementedException(f"{type(self).__name__}.compute_next_value")

    def _accepts(self, data: Any) -> Any:
        """The input as the indicator takes it."""
        if type(data) is IndicatorDataPoint:
            return data
        return make_point(data.symbol, data.end_time, float(data.value))

    def _validate(self, data: Any) -> float | None:
        """The next value, or None where there is none (a division by zero, say)."""
        return self.compute_next_value(data)

    # Updates.

    @overload
    def update(self, input: Any) -> bool: ...
    @overload
    def update(self, time: datetime, value: float) -> bool: ...
    def update(self, *arguments: Any, **named: Any) -> bool:
        """``update(point)`` or ``update(time, value)``; returns whether the indicator is ready.

        A point older than the last one of its symbol is ignored.
        """
        if named:
            arguments = tuple(bound(IndicatorBase.update, arguments, named).values())
        if len(arguments) == 2:
            data = self._from_value(*arguments)
        elif len(arguments) == 1 and hasattr(arguments[0], "end_time"):
            data = arguments[0]
        else:
            raise no_match("update", *arguments)
        self._take_in(data)
        return self.is_ready

    def _take_in(self, data: Any) -> None:
        """One point, as the engine hands it over."""
        symbol, end = data.symbol, data.end_time
        previous = self._previous_input.get(symbol)
        if data is previous or (previous is not None and end < previous.end_time):
            return
        self._samples += 1
        taken = self._accepts(data)
        self._previous_input[symbol] = taken
        value = self._validate(taken)
        if value is not None:
            self._set_current(make_point(symbol, end, value))
            self._updated(self, self._current)

    def _from_value(self, time: Any, value: Any) -> IndicatorDataPoint:
        return make_point(Symbol.EMPTY, to_date_time(time), to_decimal(value))

    def _set_current(self, point: IndicatorDataPoint) -> None:
        self._current = point
        self._window.add(point)

    def on_updated(self, consolidated: IndicatorDataPoint) -> None:
        """Tell the handlers of ``updated``."""
        self._updated(self, consolidated)

    def reset(self) -> None:
        self._samples = 0
        self._previous_input.clear()
        self._window.reset()
        self._current = make_point(Symbol.EMPTY, _NEVER, 0.0)

    # What Python sees.

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = value

    @property
    def samples(self) -> int:
        return self._samples

    @property
    def is_ready(self) -> bool:
        return self._samples > 0

    @property
    def warm_up_period(self) -> int:
        return self._warm_up_period

    @property
    def current(self) -> IndicatorDataPoint:
        return self._current

    @current.setter
    def current(self, value: IndicatorDataPoint) -> None:
        self._set_current(value)

    @property
    def previous(self) -> IndicatorDataPoint:
        point = self._window[1] if self._window.count > 1 else None
        return make_point(Symbol.EMPTY, _NEVER, 0.0) if point is None else point

    @property
    def window(self) -> RollingWindow:
        return self._window

    @property
    def consolidators(self) -> list[Any]:
        return self._consolidators

    @property
    def updated(self) -> ClrEvent:
        return self._updated

    @updated.setter
    def updated(self, value: Any) -> None:
        """Taken by ``+=``; the event itself stays."""

    def __getitem__(self, index: int) -> IndicatorDataPoint | None:
        found: IndicatorDataPoint | None = self._window[index]
        return found

    def get_item(self, index: int) -> IndicatorDataPoint | None:
        return self[index]

    def __iter__(self) -> Iterator[IndicatorDataPoint]:
        return iter(self._window)

    @staticmethod
    def _number(other: object) -> float | None:
        if isinstance(other, IndicatorBase):
            return other._current._value
        return float(other) if isinstance(other, _NUMBERS) else None

    @overload
    def compare_to(self, obj: Any) -> int: ...
    @overload
    def compare_to(self, other: Any) -> int: ...
    def compare_to(self, *arguments: Any, **named: Any) -> int:
        (obj,) = bound(IndicatorBase.compare_to, arguments, named).values()
        value = self._number(obj)
        if value is None:
            raise ArgumentException(f"Object must be of type {type(self).__name__}")
        return (self._current._value > value) - (self._current._value < value)

    def __lt__(self, other: object) -> bool:
        value = self._number(other)
        return NotImplemented if value is None else self._current._value < value

    def __le__(self, other: object) -> bool:
        value = self._number(other)
        return NotImplemented if value is None else self._current._value <= value

    def __gt__(self, other: object) -> bool:
        value = self._number(other)
        return NotImplemented if value is None else self._current._value > value

    def __ge__(self, other: object) -> bool:
        value = self._number(other)
        return NotImplemented if value is None else self._current._value >= value

    def __eq__(self, other: object) -> bool:
        # One indicator equals only itself, but equals a number if its value does.
        return self is other or (isinstance(other, _NUMBERS) and self._current._value == other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        text = f"{self._current._value:.5f}".rstrip("0")
        return text + "0" if text.endswith(".") else text

    def to_detailed_string(self) -> str:
        return f"{self._name} - {self}"


class Indicator(IndicatorBase, clr="QuantConnect.Indicators"):
    """An indicator of single values."""

    def __init__(self, name: str) -> None:
        super().__init__(name)


class TradeBarIndicator(IndicatorBase, clr="QuantConnect.Indicators"):
    """An indicator of whole bars."""

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def _accepts(self, data: Any) -> Any:
        if not hasattr(data, "high"):
            raise ArgumentException(f"IndicatorBase.Update() 'input' expected to be a bar but is of type {type(data).__name__}")
        return data

    def _from_value(self, time: Any, value: Any) -> IndicatorDataPoint:
        raise NotSupportedException(f"{type(self).__name__} does not support update(time, value): give it bars")


class WindowIndicator(Indicator, clr="QuantConnect.Indicators"):
    """An indicator of the last `period` values."""

    def __init__(self, name: str, period: int) -> None:
        super().__init__(name)
        period = to_int(period)
        if period < 1:
            raise ArgumentException("RollingWindow must have size of at least 1.", "period")
        self._values = RollingWindow(period)
        self._warm_up_period = period

    @property
    def period(self) -> int:
        return self._values._size

    @property
    def is_ready(self) -> bool:
        return self._values.is_ready

    def _next(self, values: RollingWindow, value: float) -> float:
        """Next value from the window (newest first), the new value already in it."""
        raise NotImplementedError

    def _validate(self, data: Any) -> float | None:
        value = data._value
        self._values.add(value)
        return self._next(self._values, value)

    @overload
    def compute_next_value(self, input: Any) -> float: ...
    @overload
    def compute_next_value(self, window: Any, input: Any) -> float: ...
    def compute_next_value(self, *arguments: Any, **named: Any) -> float:
        given = bound(WindowIndicator.compute_next_value, arguments, named)
        values, value = given.get("window", self._values), given["input"].value
        if values is self._values:
            values.add(value)
        return self._next(values, value)

    def reset(self) -> None:
        super().reset()
        self._values.reset()

    def _oldest(self) -> float:
        """Value `period` steps back: the one just dropped, or while filling the first."""
        values = self._values
        found: float = values._items[-1] if values._samples <= values._size else values._removed
        return found
