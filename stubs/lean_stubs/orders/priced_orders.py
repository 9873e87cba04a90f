"""Orders with prices of their own (LEAN: LimitOrder and its kin)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.currencies import Currencies
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.order import Order
from lean_stubs.orders.properties import OrderProperties
from lean_stubs.orders.requests import UpdateOrderRequest
from lean_stubs.securities.decimals import ZERO, normalize_text, to_decimal

__all__ = ["LimitIfTouchedOrder", "LimitOrder", "StopLimitOrder", "StopMarketOrder", "TrailingStopOrder", "worse_value"]


def worse_value(order: Order, own: Decimal, market: Decimal) -> Decimal:
    """Buying counts at the lower, selling at the higher of the order's price and the market's."""
    if not order._shares:
        return ZERO
    return order._shares * (max(own, market) if order._shares < 0 else min(own, market))


class _Limited(Order, clr="QuantConnect.Orders"):
    """An order with a limit price."""

    def _begin(self, **given: Any) -> None:
        self._limit = to_decimal(given.pop("limit_price", 0))
        super()._begin(**given)

    def _value(self, price: Decimal) -> Decimal:
        return worse_value(self, self._limit, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._limit is not None:
            self._limit = request._limit

    @property
    def limit_price(self) -> float:
        return float(self._limit)


class LimitOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.LIMIT

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        limit_price: float,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(LimitOrder.__init__, arguments, named))

    @property
    def is_marketable(self) -> bool:
        data = self._submission
        if data is None:
            return False
        return bool((self._shares > 0 and self._limit >= data._ask) or (self._shares < 0 and self._limit <= data._bid))


class StopMarketOrder(Order, clr="QuantConnect.Orders"):
    _type = OrderType.STOP_MARKET

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(StopMarketOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._stop = to_decimal(given.pop("stop_price", 0))
        super()._begin(**given)

    def _value(self, price: Decimal) -> Decimal:
        return worse_value(self, self._stop, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._stop is not None:
            self._stop = request._stop

    @property
    def stop_price(self) -> float:
        return float(self._stop)


class StopLimitOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.STOP_LIMIT

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        limit_price: float,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(StopLimitOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._stop, self._triggered = to_decimal(given.pop("stop_price", 0)), False
        super()._begin(**given)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._stop is not None:
            self._stop = request._stop

    @property
    def stop_price(self) -> float:
        return float(self._stop)

    @property
    def stop_triggered(self) -> bool:
        return self._triggered


class TrailingStopOrder(StopMarketOrder, clr="QuantConnect.Orders"):
    _type = OrderType.TRAILING_STOP

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        trailing_amount: float,
        trailing_as_percentage: bool,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        trailing_amount: float,
        trailing_as_percentage: bool,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(TrailingStopOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._trailing = to_decimal(given.pop("trailing_amount", 0))
        self._trailing_percent: bool = given.pop("trailing_as_percentage", False)
        super()._begin(**given)

    def _apply(self, request: UpdateOrderRequest) -> None:
        Order._apply(self, request)
        if request._trailing is not None:
            self._trailing = request._trailing

    @property
    def trailing_amount(self) -> float:
        return float(self._trailing)

    @property
    def trailing_as_percentage(self) -> bool:
        return self._trailing_percent

    def get_default_tag(self) -> str:
        sign = Currencies.get_currency_symbol(self._price_currency)
        amount = normalize_text(self._trailing)
        shown = f"{normalize_text(self._trailing * 100)}%" if self._trailing_percent else f"{sign}{amount}"
        return f"Trailing Amount: {shown}"


class LimitIfTouchedOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.LIMIT_IF_TOUCHED

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        trigger_price: float | None,
        limit_price: float,
        time: datetime,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(LimitIfTouchedOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._trigger, self._triggered = to_decimal(given.pop("trigger_price", None) or 0), False
        super()._begin(**given)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._trigger is not None:
            self._trigger = request._trigger

    @property
    def trigger_price(self) -> float:
        return float(self._trigger)

    @property
    def trigger_touched(self) -> bool:
        return self._triggered
