"""The overloads of Insight's constructor and of Insight.price."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import no_match, to_date_time, to_int, to_optional_double, to_optional_string, to_time_span
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.insights.enums import InsightDirection, InsightType
from lean_stubs.insights.periods import END_OF_TIME, END_OF_TIME_SPAN, BarCount, CloseTime, ExpiryFunction, Never, PeriodRule, Span
from lean_stubs.insights.state import InsightState

__all__ = ["constructed", "price"]

_SECOND = timedelta(seconds=1)
# Magnitude, confidence, source model, weight, tag.
_UNSET = (None, None, None, None, "")


def _period_rule(method: str, period: Any, arguments: tuple[Any, ...]) -> tuple[PeriodRule, timedelta]:
    """Rule and first period for the overloads with a timedelta, a close time or a function."""
    if type(period) is timedelta:
        span = to_time_span(period)
        if span < _SECOND:
            raise ArgumentOutOfRangeException("Insight period must be greater than or equal to 1 second.", "period")
        return (Never() if span == END_OF_TIME_SPAN else Span(span)), span if span != END_OF_TIME_SPAN else timedelta(0)
    if isinstance(period, datetime):
        local = to_date_time(period)
        return (Never() if local == END_OF_TIME else CloseTime(local)), timedelta(0)
    if callable(period) and not isinstance(period, type):
        return ExpiryFunction(period), timedelta(0)
    raise no_match(method, *arguments)


def _fill(
    state: InsightState,
    method: str,
    magnitude: Any,
    confidence: Any,
    source_model: Any,
    weight: Any,
    tag: Any,
) -> InsightState:
    try:
        state.magnitude, state.confidence = to_optional_double(magnitude), to_optional_double(confidence)
        state.source_model, state.weight, state.tag = (
            to_optional_string(source_model),
            to_optional_double(weight),
            to_optional_string(tag),
        )
    except TypeError:
        raise no_match(method, state.symbol, state.direction, magnitude, confidence, source_model, weight, tag) from None
    return state


_NO = object()


def _price_arguments(
    symbol: Any,
    period: Any = _NO,
    *rest: Any,
    direction: Any = _NO,
    bar_count: Any = _NO,
    resolution: Any = _NO,
    expiry_func: Any = _NO,
    close_time_local: Any = _NO,
    magnitude: Any = _NO,
    confidence: Any = _NO,
    source_model: Any = _NO,
    weight: Any = _NO,
    tag: Any = _NO,
) -> tuple[Any, Any, Any, Any, list[Any]]:
    """(symbol, period or resolution, bar count or _NO, direction, the five optional ones) of either form of the call."""
    for named in (resolution, expiry_func, close_time_local):
        if named is not _NO:
            rest, period = (rest if period is _NO else (period, *rest)), named
    values = list(rest)
    if isinstance(period, Resolution) and bar_count is _NO:
        bar_count = values.pop(0) if values else _NO
    if direction is _NO and values:
        direction = values.pop(0)
    optional: list[Any] = [None, None, None, None, ""]
    optional[: len(values)] = values[:5]
    for place, named in enumerate((magnitude, confidence, source_model, weight, tag)):
        if named is not _NO:
            optional[place] = named
    if len(values) > 5 or period is _NO or direction is _NO:
        raise TypeError
    return symbol, period, bar_count, direction, optional


def price(arguments: tuple[Any, ...], named: dict[str, Any]) -> InsightState:
    if not named and 3 <= len(arguments) <= 8 and type(arguments[1]) is timedelta and arguments[1] >= _SECOND:
        # The usual call; the long way below gives the same.
        symbol, span, direction = arguments[:3]
        if type(symbol) is Symbol and type(direction) is InsightDirection and span < END_OF_TIME_SPAN:
            state = InsightState(symbol, Span(span), span, InsightType.PRICE, direction)
            return state if len(arguments) == 3 else _fill(state, "price", *arguments[3:], *_UNSET[len(arguments) - 3 :])
    try:
        symbol, period, bars, direction, optional = _price_arguments(*arguments, **named)
        at, towards = to_symbol(symbol), to_enum(InsightDirection, direction)
        count = to_int(bars) if isinstance(period, Resolution) else 0
    except TypeError:
        raise no_match("price", *arguments, *named.values()) from None
    if isinstance(period, Resolution):
        if count < 1:
            raise ArgumentOutOfRangeException("Insight barCount must be greater than zero.", "barCount")
        rule, first = BarCount(period, count), timedelta(0)
        return _fill(InsightState(at, rule, first, InsightType.PRICE, towards), "price", *optional)
    rule_of, first = _period_rule("price", period, (*arguments, *named.values()))
    return _fill(InsightState(at, rule_of, first, InsightType.PRICE, towards), "price", *optional)


def _constructor_arguments(
    symbol: Any,
    period: Any,
    type: Any,
    direction: Any,
    magnitude: Any = _NO,
    confidence: Any = _NO,
    source_model: Any = _NO,
    weight: Any = _NO,
    tag: Any = "",
) -> tuple[Any, ...]:
    further = (confidence, source_model, weight)
    if isinstance(magnitude, str) and all(given is _NO for given in further):
        # The short form has the tag in fifth place.
        magnitude, tag = _NO, magnitude
    if magnitude is _NO and all(given is _NO for given in further):
        magnitude = confidence = None
    elif magnitude is _NO or confidence is _NO:
        # The long form wants both.
        raise TypeError
    source_model, weight = (None if given is _NO else given for given in (source_model, weight))
    return symbol, period, type, direction, magnitude, confidence, source_model, weight, tag


def constructed(arguments: tuple[Any, ...], named: dict[str, Any]) -> InsightState:
    generated = named.pop("generated_time_utc", None)
    given = arguments
    if generated is None and arguments and isinstance(arguments[0], datetime):
        generated, given = arguments[0], arguments[1:]
    if "expiry_func" in named:
        named["period"] = named.pop("expiry_func")
    try:
        symbol, period, kind, direction, *optional = _constructor_arguments(*given, **named)
        at, kind, towards = to_symbol(symbol), to_enum(InsightType, kind), to_enum(InsightDirection, direction)
    except TypeError:
        raise no_match(".ctor", *arguments, *named.values()) from None
    if type(period) is timedelta:
        span = to_time_span(period)
        state = InsightState(at, Span(span or _SECOND), span, kind, towards)
    elif callable(period):
        state = InsightState(at, ExpiryFunction(period), timedelta(0), kind, towards)
    else:
        raise no_match(".ctor", *arguments, *named.values())
    if generated is not None:
        state.generated, state.generated_is_utc = to_date_time(generated), generated.tzinfo is not None
        state.close, state.close_is_utc = state.generated + state.period, state.generated_is_utc
    return _fill(state, ".ctor", *optional)
