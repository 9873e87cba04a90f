"""What happened to an order (LEAN: OrderEvent)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.instants import NEVER_SET, aware_utc, naive
from lean_stubs.clr.overloads import bound
from lean_stubs.common.currencies import Currencies
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.orders.enums import OrderDirection, OrderStatus
from lean_stubs.orders.fees import OrderFee
from lean_stubs.orders.order import Order
from lean_stubs.orders.responses import clr_name
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ZERO, normalize_text, smart_text, to_decimal

__all__ = ["OrderEvent"]


class OrderEvent(ClrObject, clr="QuantConnect.Orders"):
    """Python may set all fields."""

    # What an event has until it is set; here because most events set little of it.
    _order_id = _id = 0
    _symbol: Any = None
    _status: Any = OrderStatus.NONE
    _order_direction: Any = OrderDirection.HOLD
    _time: datetime = NEVER_SET
    _shares: Decimal = ZERO
    _fill_shares: Decimal = ZERO
    _price: Decimal = ZERO
    _fee: Decimal = ZERO
    _currency: str = ""
    _fee_currency: str = ""
    _message: str = ""
    _limit: Decimal | None = None
    _stop: Decimal | None = None
    _trigger: Decimal | None = None
    _trailing: Decimal | None = None
    _ticket: Any = None
    _assignment: bool = False
    _in_the_money: bool = False

    @overload
    def __init__(
        self,
        order_id: int,
        symbol: Symbol | str,
        utc_time: datetime,
        status: OrderStatus,
        direction: OrderDirection,
        fill_price: float,
        fill_quantity: float,
        order_fee: OrderFee | None,
        message: str = "",
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, order: Order, utc_time: datetime, order_fee: OrderFee | None, message: str = "") -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(OrderEvent.__init__, arguments, named)
        if "order" in given:
            self._take(given.pop("order"))
        if given.get("order_fee", self) is None:
            del given["order_fee"]
        for name, value in given.items():
            setattr(self, name, value)

    def _take(self, order: Any) -> None:
        self._order_id, self._symbol, self._status = order._id, order._symbol, order._status
        self._shares, self._order_direction, self._currency = order._shares, order._direction(), order._price_currency

    @staticmethod
    def _of(order: Any, utc: datetime, message: str = "") -> OrderEvent:
        """The engine's own way to make one."""
        event: OrderEvent = object.__new__(OrderEvent)
        event._take(order)
        event._time, event._message = utc, message
        return event

    def _complete(self, order: Any) -> None:
        """Take over the order's present quantity and prices."""
        self._shares = order._shares
        if order._limit is not None:
            self._limit = order._limit
        if order._stop is not None:
            self._stop = order._stop
        if order._trigger is not None:
            self._trigger = order._trigger
        if order._trailing is not None:
            self._trailing = order._trailing

    @property
    def id(self) -> int:
        return self._id

    @id.setter
    def id(self, value: Any) -> None:
        self._id = value

    @property
    def order_id(self) -> int:
        return self._order_id

    @order_id.setter
    def order_id(self, value: Any) -> None:
        self._order_id = value

    @property
    def symbol(self) -> Any:
        return self._symbol

    @symbol.setter
    def symbol(self, value: Any) -> None:
        self._symbol = to_symbol(value)

    @property
    def utc_time(self) -> datetime:
        return aware_utc(self._time)

    @utc_time.setter
    def utc_time(self, value: Any) -> None:
        self._time = naive(value)

    @property
    def status(self) -> Any:
        return self._status

    @status.setter
    def status(self, value: Any) -> None:
        self._status = value

    @property
    def order_fee(self) -> OrderFee:
        return OrderFee(CashAmount(self._fee, self._fee_currency or "QCC"))

    @order_fee.setter
    def order_fee(self, value: OrderFee) -> None:
        self._fee, self._fee_currency = value.value._amount, value.value.currency

    @property
    def fill_price(self) -> float:
        return float(self._price)

    @fill_price.setter
    def fill_price(self, value: float) -> None:
        self._price = to_decimal(value)

    @property
    def fill_price_currency(self) -> str:
        return self._currency

    @fill_price_currency.setter
    def fill_price_currency(self, value: Any) -> None:
        self._currency = value

    @property
    def fill_quantity(self) -> float:
        return float(self._fill_shares)

    @fill_quantity.setter
    def fill_quantity(self, value: float) -> None:
        self._fill_shares = to_decimal(value)

    @property
    def absolute_fill_quantity(self) -> float:
        return float(abs(self._fill_shares))

    @property
    def direction(self) -> Any:
        return self._order_direction

    @direction.setter
    def direction(self, value: Any) -> None:
        self._order_direction = value

    @property
    def message(self) -> str:
        return self._message

    @message.setter
    def message(self, value: str) -> None:
        self._message = value

    @property
    def is_assignment(self) -> bool:
        return self._assignment

    @is_assignment.setter
    def is_assignment(self, value: bool) -> None:
        self._assignment = value

    @property
    def is_in_the_money(self) -> bool:
        return self._in_the_money

    @is_in_the_money.setter
    def is_in_the_money(self, value: bool) -> None:
        self._in_the_money = value

    @property
    def quantity(self) -> float:
        return float(self._shares)

    @quantity.setter
    def quantity(self, value: Any) -> None:
        self._shares = to_decimal(value)

    @property
    def limit_price(self) -> float | None:
        return None if self._limit is None else float(self._limit)

    @limit_price.setter
    def limit_price(self, value: Any) -> None:
        self._limit = None if value is None else to_decimal(value)

    @property
    def stop_price(self) -> float | None:
        return None if self._stop is None else float(self._stop)

    @stop_price.setter
    def stop_price(self, value: Any) -> None:
        self._stop = None if value is None else to_decimal(value)

    @property
    def trigger_price(self) -> float | None:
        return None if self._trigger is None else float(self._trigger)

    @trigger_price.setter
    def trigger_price(self, value: Any) -> None:
        self._trigger = None if value is None else to_decimal(value)

    @property
    def trailing_amount(self) -> float | None:
        return None if self._trailing is None else float(self._trailing)

    @trailing_amount.setter
    def trailing_amount(self, value: Any) -> None:
        self._trailing = None if value is None else to_decimal(value)

    @property
    def ticket(self) -> Any:
        return self._ticket

    @ticket.setter
    def ticket(self, value: Any) -> None:
        self._ticket = value

    def clone(self) -> OrderEvent:
        other = object.__new__(type(self))
        for name in _FIELDS:
            setattr(other, name, getattr(self, name))
        return other

    def __str__(self) -> str:
        # Dates as .NET's invariant culture shows them.
        time, sign = self._time.strftime("%m/%d/%Y %H:%M:%S"), Currencies.get_currency_symbol(self._currency)
        text = (
            f"Time: {time} OrderID: {self._order_id} EventID: {self._id} Symbol: {self._symbol.value} "
            f"Status: {clr_name(self._status)} Quantity: {normalize_text(self._shares)}"
        )
        if self._fill_shares:
            text += f" FillQuantity: {normalize_text(self._fill_shares)} FillPrice: {sign}{smart_text(self._price)}"
        for label, price in (("LimitPrice", self._limit), ("StopPrice", self._stop), ("TriggerPrice", self._trigger)):
            if price is not None:
                text += f" {label}: {sign}{smart_text(price)}"
        if self._fee:
            text += f" OrderFee: {normalize_text(self._fee)} {self._fee_currency}"
        if self._message:
            text += f" Message: {self._message}"
        return text

    def short_to_string(self) -> str:
        text = f"{self._time:%m/%d/%Y %H:%M:%S} OID:{self._order_id} {self._symbol.value} "
        text += f"{clr_name(self._status)} Q:{normalize_text(self._shares)}"
        sign = Currencies.get_currency_symbol(self._currency)
        if self._fill_shares:
            text += f" FQ:{normalize_text(self._fill_shares)} FP:{sign}{smart_text(self._price)}"
        return text


_FIELDS = (
    *("_order_id", "_symbol", "_status", "_shares", "_order_direction", "_time", "_fill_shares", "_price", "_currency", "_fee"),
    *("_fee_currency", "_message", "_id", "_limit", "_stop", "_trigger", "_trailing", "_ticket"),
    *("_assignment", "_in_the_money"),
)
