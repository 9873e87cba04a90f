"""Indicators that a user writes in Python (LEAN: PythonIndicator)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.clr import is_lean_class, overrides
from lean_stubs.clr.convert import to_decimal
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.indicators.base import IndicatorBase

__all__ = ["PythonIndicator", "as_indicator"]


class PythonIndicator(IndicatorBase, clr="QuantConnect.Indicators"):
    """A subclass defines ``update(input)``, which sets ``self.value`` and returns whether it is ready.

    The object itself is what the user updates; registered with the algorithm, a wrapper calls its ``update`` and keeps the values.
    """

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, *args: Any) -> None: ...
    @overload
    def __init__(self, indicator: Any) -> None: ...
    def __init__(self, *arguments: Any, indicator: Any = None) -> None:
        super().__init__("")
        self._instance: Any = None
        self._ready = False
        given = arguments[0] if arguments else indicator
        if given is not None and not isinstance(given, str):
            self.set_indicator(given)

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        # The base object exists even where the subclass does not call super().__init__().
        made = object.__new__(cls)
        IndicatorBase.__init__(made, "")
        made._instance, made._ready = None, False
        return made

    def set_indicator(self, indicator: Any) -> None:
        """Wrap a Python object that has update, value and is_ready."""
        kind = type(indicator).__name__
        for name in ("is_ready", "update", "value"):
            if not overrides.has(indicator, name):
                hint = f" or use PythonIndicator as base: class {kind}(PythonIndicator):" if name == "is_ready" else ""
                raise NotImplementedException(
                    f"Indicator.{name} must be implemented. Please implement this missing method in {kind}{hint}"
                )
        self._instance = indicator
        self._name = getattr(indicator, "name", None) or getattr(indicator, "Name", None) or kind
        self._warm_up_period = int(getattr(indicator, "warm_up_period", 0) or 0)

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = value

    @property
    def warm_up_period(self) -> int:
        return self._warm_up_period

    @warm_up_period.setter
    def warm_up_period(self, value: int) -> None:
        self._warm_up_period = value

    @property
    def is_ready(self) -> bool:
        return self._ready

    def _accepts(self, data: Any) -> Any:
        return data

    def compute_next_value(self, input: Any) -> float:
        target = self._instance
        if target is None:
            raise NotImplementedException("Indicator.update must be implemented.")
        ready = overrides.find(target, "update")(input)
        own = getattr(target, "is_ready", None) if isinstance(target, PythonIndicator) is False else None
        self._ready = bool(ready) if ready is not None else bool(own)
        if isinstance(target, PythonIndicator):
            target._ready = self._ready
        value = getattr(target, "value", None)
        return to_decimal(value if value is not None else target.Value)


class _Wrapper(PythonIndicator, clr="QuantConnect.Indicators"):
    """The engine's own indicator around a user's."""

    @property
    def is_ready(self) -> bool:
        """By the last update, or what the user's own ``is_ready`` says, who may update the object himself."""
        users = (base for base in type(self._instance).__mro__ if not is_lean_class(base))
        own = any("is_ready" in vars(base) for base in users)
        return self._ready or (own and bool(self._instance.is_ready))

    def _set_current(self, point: Any) -> None:
        super()._set_current(point)
        inner = self._instance
        if isinstance(inner, PythonIndicator):
            # One object in LEAN: its current value is the user's too.
            inner._current = point
            inner._window.add(point)
            inner._samples = self._samples


def as_indicator(indicator: Any) -> Any:
    """LEAN's own indicators as they are, a user's wrapped once."""
    own = isinstance(indicator, IndicatorBase) and (not isinstance(indicator, PythonIndicator) or isinstance(indicator, _Wrapper))
    if own or isinstance(indicator, (int, float)):
        return indicator
    known = getattr(indicator, "_lean_wrapper", None)
    if known is None:
        known = _Wrapper()
        known.set_indicator(indicator)
        indicator._lean_wrapper = known
        if isinstance(indicator, PythonIndicator):
            # One object in LEAN: what the user tells by on_updated reaches the engine's handlers, and the other way round.
            known._updated = indicator._updated
    return known
