"""Orders without prices of their own (LEAN: MarketOrder, MarketOnOpenOrder, MarketOnCloseOrder)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.order import Order
from lean_stubs.orders.properties import OrderProperties
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["MarketOnCloseOrder", "MarketOnOpenOrder", "MarketOrder"]


class MarketOrder(Order, clr="QuantConnect.Orders"):
    _type = OrderType.MARKET

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        time: datetime,
        price: float,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self, symbol: Symbol | str, quantity: float, time: datetime, tag: str = "", properties: OrderProperties | None = None
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(MarketOrder.__init__, arguments, named)
        price = given.pop("price", ZERO)
        self._begin(**given)
        self._price = to_decimal(price)


class _PlainOrder(Order, clr="QuantConnect.Orders"):
    """An order that needs no more than shares and a time."""

    @overload
    def __init__(
        self, symbol: Symbol | str, quantity: float, time: datetime, tag: str = "", properties: OrderProperties | None = None
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(_PlainOrder.__init__, arguments, named))


class MarketOnOpenOrder(_PlainOrder, clr="QuantConnect.Orders"):
    _type = OrderType.MARKET_ON_OPEN


class MarketOnCloseOrder(_PlainOrder, clr="QuantConnect.Orders"):
    _type = OrderType.MARKET_ON_CLOSE

    #: Latest moment before the close to place one; with minute data the last bar seen before it ends at 15:44.
    submission_time_buffer = timedelta(minutes=15.5)
    DEFAULT_SUBMISSION_TIME_BUFFER = timedelta(minutes=15.5)
