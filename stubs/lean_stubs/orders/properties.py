"""How an order is to be handled: time in force and the like (LEAN: OrderProperties, TimeInForce)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, overload

from lean_stubs.clr import ClrEnum, ClrObject, value
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.common.exchange import Exchange

__all__ = [
    "DayTimeInForce",
    "GoodTilCanceledTimeInForce",
    "GoodTilDateTimeInForce",
    "IndiaOrderProperties",
    "InteractiveBrokersOrderProperties",
    "OrderProperties",
    "TimeInForce",
]


class TimeInForce(ClrObject, clr="QuantConnect.Orders"):
    """How long an order lives."""

    GOOD_TIL_CANCELED: Any = None
    DAY: Any = None

    @staticmethod
    def good_til_date(expiry: datetime) -> GoodTilDateTimeInForce:
        return GoodTilDateTimeInForce(expiry)

    GOOD_TIL_DATE = good_til_date

    def _expired(self, security: Any, order: Any) -> bool:
        return False

    def _fill_valid(self, security: Any, order: Any, fill: Any) -> bool:
        return True

    def is_order_expired(self, security: Any, order: Any) -> bool:
        return self._expired(security, order)

    def is_fill_valid(self, security: Any, order: Any, fill: Any) -> bool:
        return self._fill_valid(security, order, fill)


class GoodTilCanceledTimeInForce(TimeInForce, clr="QuantConnect.Orders.TimeInForces"):
    pass


class DayTimeInForce(TimeInForce, clr="QuantConnect.Orders.TimeInForces"):
    """Expires at the close of the order's day."""

    def _expired(self, security: Any, order: Any) -> bool:
        hours = security._hours
        return bool(security.local_time >= hours.get_next_market_close(hours._to_local(order._time), False))


class GoodTilDateTimeInForce(TimeInForce, clr="QuantConnect.Orders.TimeInForces"):
    """Expires at the close of a date."""

    def __init__(self, expiry: datetime) -> None:
        self._expiry = expiry

    @property
    def expiry(self) -> datetime:
        return self._expiry

    def _expired(self, security: Any, order: Any) -> bool:
        day = datetime(self._expiry.year, self._expiry.month, self._expiry.day)
        return bool(security.local_time >= security._hours.get_next_market_close(day, False))


_MEMBERS = (
    *("time_in_force", "exchange"),
    "_product",
    *("account", "fa_group", "fa_method", "fa_percentage", "fa_profile", "outside_regular_trading_hours"),
)


class OrderProperties(ClrObject, clr="QuantConnect.Orders"):
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, exchange: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.time_in_force: Any = GOOD_TIL_CANCELED
        self.exchange: Any = argument(OrderProperties.__init__, arguments, named) if arguments or named else None

    def clone(self) -> OrderProperties:
        """A copy with all that is set (LEAN copies member by member)."""
        other = object.__new__(type(self))
        for name in _MEMBERS:
            if hasattr(self, name):
                setattr(other, name, getattr(self, name))
        return other


class InteractiveBrokersOrderProperties(OrderProperties, clr="QuantConnect.Orders"):
    def __init__(self) -> None:
        super().__init__()
        self.account: str | None = None
        self.fa_group: str | None = None
        self.fa_method: str | None = None
        self.fa_percentage = 0
        self.fa_profile: str | None = None
        self.outside_regular_trading_hours = False


class IndiaOrderProperties(OrderProperties, clr="QuantConnect.Orders"):
    """An Indian exchange, and what kind of trade it is."""

    class IndiaProductType(ClrEnum, clr="QuantConnect.Orders"):
        MIS: Any = value(0)
        CNC: Any = value(1)
        NRML: Any = value(2)

    _product: str | None = None

    @overload
    def __init__(self, exchange: Exchange) -> None: ...
    @overload
    def __init__(self, exchange: Exchange, product_type: IndiaProductType) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(IndiaOrderProperties.__init__, arguments, named)
        super().__init__(given["exchange"])
        if "product_type" in given:
            self._product = str(given["product_type"])

    @property
    def product_type(self) -> str:
        """None until one is given, as .NET's null."""
        return self._product  # type: ignore[return-value]


GOOD_TIL_CANCELED = GoodTilCanceledTimeInForce()
type.__setattr__(TimeInForce, "GOOD_TIL_CANCELED", GOOD_TIL_CANCELED)
type.__setattr__(TimeInForce, "DAY", DayTimeInForce())
