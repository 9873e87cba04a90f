"""What may say when a portfolio is rebalanced (PortfolioConstructionModel.SetRebalancingFunc, Extensions.ToFunc)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from lean_stubs.clr.convert import cannot, no_match, to_date_time
from lean_stubs.clr.instants import aware_utc
from lean_stubs.common.enums import Resolution
from lean_stubs.insights.periods import END_OF_TIME, span_of

__all__ = ["RebalancingFunc", "follow_in_python", "of_custom_model", "of_stock_model"]

#: Naive UTC now -> next rebalance in naive UTC, or None to be asked again.
RebalancingFunc = Callable[[datetime], "datetime | None"]


def _is_date_rule(given: Any) -> bool:
    return hasattr(given, "get_dates")


def _of_date_rule(rule: Any) -> RebalancingFunc:
    dates: Iterator[Any] | None = None
    current = END_OF_TIME

    def advance() -> bool:
        nonlocal current
        assert dates is not None
        found = next(dates, None)
        if found is None:
            return False
        current = to_date_time(found) if isinstance(found, (datetime, date)) else found
        return True

    def following(utc: datetime) -> datetime:
        nonlocal dates, current
        if dates is None:
            dates = iter(rule.get_dates(utc, END_OF_TIME))
            if not advance():
                current = END_OF_TIME
                return END_OF_TIME
        # The rule's dates are midnights, compared with UTC as they are.
        if utc >= current and not advance():
            current = END_OF_TIME
        return current

    return following


def _of_callable(function: Callable[[datetime], Any]) -> RebalancingFunc:
    def following(utc: datetime) -> datetime | None:
        answer = function(aware_utc(utc))
        if answer is None:
            return None
        if not isinstance(answer, datetime):
            raise cannot(answer, "System.Nullable`1[System.DateTime]")
        return to_date_time(answer)

    return following


def _of_span(span: timedelta) -> RebalancingFunc:
    return lambda utc: utc + span


def of_custom_model(given: Any) -> RebalancingFunc | None:
    """What ``set_rebalancing_func`` makes of its argument: a date rule, a callable or a timedelta; None of anything else."""
    if _is_date_rule(given):
        return _of_date_rule(given)
    if callable(given) and not isinstance(given, type):
        return _of_callable(given)
    return _of_span(given) if type(given) is timedelta and given else None


def of_stock_model(given: Any, bias: Any) -> RebalancingFunc | None:
    """What a stock model's constructor makes of it; raises on a type it does not take."""
    if given is None:
        return None
    if isinstance(given, Resolution):
        return _of_span(span_of(given))
    if type(given) is timedelta:
        return _of_span(given)
    made = of_custom_model(given)
    if made is None:
        raise no_match(".ctor", given, *([] if bias is None else [bias]))
    return made


def follow_in_python(model: Any, rebalance: Any) -> None:
    """What the constructors of LEAN's Python models do with their argument, a Resolution turned into its span before."""
    if isinstance(rebalance, timedelta):
        model.set_rebalancing_func(_of_span(rebalance))
    elif rebalance:
        model.set_rebalancing_func(rebalance)
