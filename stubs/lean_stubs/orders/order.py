"""Orders of every kind a backtest of equities knows (LEAN: Order and its subclasses)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.instants import NEVER_SET, aware_utc, naive
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.orders.enums import OrderDirection, OrderStatus, OrderType
from lean_stubs.orders.properties import OrderProperties
from lean_stubs.orders.requests import UpdateOrderRequest
from lean_stubs.orders.responses import clr_name
from lean_stubs.securities.decimals import ZERO, normalize_text, to_decimal

__all__ = ["FILLS", "Order", "OrderSubmissionData", "is_closed"]

T = TypeVar("T", bound="Order")

_FILLED, _CANCELED, _INVALID = OrderStatus.FILLED, OrderStatus.CANCELED, OrderStatus.INVALID
FILLS = (OrderStatus.FILLED, OrderStatus.PARTIALLY_FILLED)


def is_closed(status: Any) -> bool:
    """Whether nothing more comes of an order (there is one object for each member of an enumeration)."""
    return status is _FILLED or status is _CANCELED or status is _INVALID


class OrderSubmissionData(ClrObject, clr="QuantConnect.Orders"):
    """Prices at the moment of submission."""

    def __init__(self, bid_price: Any, ask_price: Any, last_price: Any) -> None:
        self._bid, self._ask, self._last = to_decimal(bid_price), to_decimal(ask_price), to_decimal(last_price)

    @property
    def bid_price(self) -> float:
        return float(self._bid)

    @property
    def ask_price(self) -> float:
        return float(self._ask)

    @property
    def last_price(self) -> float:
        return float(self._last)


class Order(ClrObject, clr="QuantConnect.Orders"):
    _type: Any = None
    _symbol: Any
    #: Prices of the kinds that have them; here so that asking any order is cheap.
    _limit: Any = None
    _stop: Any = None
    _trigger: Any = None
    _trailing: Any = None
    #: The exchange's clock at the order's time, once the brokerage has looked.
    _placed: datetime | None = None

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        time: datetime,
        group_order_manager: Any,
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
        self._begin(**bound(Order.__init__, arguments, named))

    @classmethod
    def _make(cls: type[T], symbol: Any, quantity: Any, time: datetime, **rest: Any) -> T:
        """The engine's way to make one."""
        order = object.__new__(cls)
        object.__getattribute__(order, "_begin")(symbol=symbol, quantity=quantity, time=time, **rest)
        return order

    def _begin(self, **given: Any) -> None:
        self._set(**given)

    def _set(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
        group_order_manager: Any = None,
    ) -> None:
        self._id = 0
        self._symbol, self._shares = symbol if symbol is None else to_symbol(symbol), to_decimal(quantity)
        self._time = naive(time) if time else NEVER_SET
        self._tag, self._properties = tag, properties or OrderProperties()
        self._group = group_order_manager
        self._price = ZERO
        self._price_currency = ""
        self._status = OrderStatus.NONE
        self._broker_id: list[str] = []
        self._last_fill: datetime | None = None
        self._last_update: datetime | None = None
        self._canceled: datetime | None = None
        self._event_id = 0
        self._submission: OrderSubmissionData | None = None
        self._adjustment: Any = None

    def _next_event_id(self) -> int:
        self._event_id += 1
        return self._event_id

    def _value(self, price: Decimal) -> Decimal:
        """Worth of the order at the security's price (LEAN: GetValue)."""
        return self._shares * price

    def _apply(self, request: UpdateOrderRequest) -> None:
        if request._quantity is not None:
            self._shares = request._quantity
        if request._tag is not None:
            self._tag = request._tag

    def _direction(self) -> Any:
        if self._shares > 0:
            return OrderDirection.BUY
        return OrderDirection.SELL if self._shares < 0 else OrderDirection.HOLD

    def clone(self) -> Order:
        """A copy: changing it changes nothing."""
        other = object.__new__(type(self))
        object.__getattribute__(self, "_copy_into")(other)
        return other

    def _copy_into(self, other: Any) -> None:
        for name in _FIELDS:
            if hasattr(self, name):
                setattr(other, name, getattr(self, name))
        other._broker_id = list(self._broker_id)

    @property
    def id(self) -> int:
        return self._id

    @property
    def contingent_id(self) -> int:
        return 0

    @property
    def broker_id(self) -> list[str]:
        return list(self._broker_id)

    @property
    def symbol(self) -> Any:
        return self._symbol

    @property
    def price(self) -> float:
        return float(self._price)

    @property
    def price_currency(self) -> str:
        return self._price_currency

    @property
    def time(self) -> datetime:
        return aware_utc(self._time)

    created_time = time

    @property
    def last_fill_time(self) -> datetime | None:
        return aware_utc(self._last_fill) if self._last_fill else None

    @property
    def last_update_time(self) -> datetime | None:
        return aware_utc(self._last_update) if self._last_update else None

    @property
    def canceled_time(self) -> datetime | None:
        return aware_utc(self._canceled) if self._canceled else None

    @property
    def quantity(self) -> float:
        return float(self._shares)

    @property
    def absolute_quantity(self) -> float:
        return float(abs(self._shares))

    @property
    def type(self) -> Any:
        return self._type

    @property
    def status(self) -> Any:
        return self._status

    @status.setter
    def status(self, value: Any) -> None:
        self._status = value

    @property
    def properties(self) -> Any:
        return self._properties

    @property
    def time_in_force(self) -> Any:
        return self._properties.time_in_force

    @property
    def tag(self) -> str:
        return self._tag

    @property
    def security_type(self) -> Any:
        return self._symbol.security_type

    @property
    def direction(self) -> Any:
        return self._direction()

    @property
    def value(self) -> float:
        return float(self._shares * self._price)

    @property
    def is_marketable(self) -> bool:
        return self._type is OrderType.MARKET

    @property
    def order_submission_data(self) -> OrderSubmissionData | None:
        return self._submission

    @property
    def price_adjustment_mode(self) -> Any:
        return self._adjustment

    @price_adjustment_mode.setter
    def price_adjustment_mode(self, value: Any) -> None:
        self._adjustment = value

    @property
    def group_order_manager(self) -> Any:
        """What this order shares with the other legs of a combo; None for a plain order."""
        return self._group

    @group_order_manager.setter
    def group_order_manager(self, value: Any) -> None:
        self._group = value

    def get_value(self, security: Any) -> float:
        return float(self._value(security._prices.exact))

    def get_default_tag(self) -> str:
        return ""

    def __str__(self) -> str:
        tag = f": {self._tag}" if self._tag else ""
        unit = "unit" if self._shares == 1 else "units"
        return (
            f"OrderId: {self._id} (BrokerId: {','.join(self._broker_id)}) {clr_name(self._status)} {clr_name(self._type)} "
            f"order for {normalize_text(self._shares)} {unit} of {self._symbol}{tag}"
        )


_FIELDS = (
    *("_id", "_symbol", "_shares", "_time", "_tag", "_properties", "_price", "_price_currency", "_status"),
    *("_last_fill", "_last_update", "_canceled", "_event_id", "_submission", "_adjustment", "_group"),
    *("_limit", "_stop", "_trigger", "_trailing", "_trailing_percent", "_triggered"),
)
