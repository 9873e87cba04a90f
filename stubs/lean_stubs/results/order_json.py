"""An order as LEAN's JSON (LEAN: the Json attributes of Order and its kin, Newtonsoft's ways to write a value).

Members of the class itself come first, then those of the classes above it, each in the sequence of its source.
"""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.order import Order, OrderSubmissionData
from lean_stubs.orders.properties import (
    GoodTilCanceledTimeInForce,
    GoodTilDateTimeInForce,
    InteractiveBrokersOrderProperties,
    OrderProperties,
    TimeInForce,
)
from lean_stubs.securities.decimals import normalize_text

__all__ = ["order_json"]

#: Members of the kinds of orders that have some of their own, before "type" and after it.
_OWN: dict[Any, tuple[tuple[str, ...], tuple[str, ...]]] = {
    OrderType.LIMIT: (("limitPrice",), ()),
    OrderType.STOP_MARKET: (("stopPrice",), ()),
    OrderType.STOP_LIMIT: (("stopPrice", "stopTriggered", "limitPrice"), ()),
    OrderType.TRAILING_STOP: (("trailingAmount", "trailingAsPercentage"), ("stopPrice",)),
    OrderType.LIMIT_IF_TOUCHED: ((), ("triggerPrice", "limitPrice", "triggerTouched")),
}
_READERS = {
    "limitPrice": "_limit",
    "stopPrice": "_stop",
    "triggerPrice": "_trigger",
    "trailingAmount": "_trailing",
    "trailingAsPercentage": "_trailing_percent",
    "stopTriggered": "_triggered",
    "triggerTouched": "_triggered",
}


def _time(value: datetime, zone: str = "Z") -> str:
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f'"{value:%Y-%m-%dT%H:%M:%S}{fraction}{zone}"'


def _number(value: Decimal) -> str:
    """Digits as the decimal holds them; a whole number gets one zero (Newtonsoft: JsonConvert.ToString)."""
    # .NET writes a decimal's negative zero without its sign.
    text = format(value if value else abs(value), "f")
    return text if "." in text else text + ".0"


def _text(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    # Newtonsoft escapes these line ends too.
    return written.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _object(members: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"


def _symbol(symbol: Symbol) -> str:
    """LEAN: SymbolJsonConverter."""
    return _object({"value": _text(symbol.value), "id": _text(str(symbol.id)), "permtick": _text(symbol.value)})


def _time_in_force(value: TimeInForce) -> str:
    """LEAN: TimeInForceJsonConverter; the default names no type."""
    members = {}
    if not isinstance(value, GoodTilCanceledTimeInForce):
        members["$type"] = _text(f"QuantConnect.Orders.TimeInForces.{type(value).__name__}")
    if isinstance(value, GoodTilDateTimeInForce):
        members["Expiry"] = _time(value.expiry, "")
    return _object(members)


def _properties(properties: OrderProperties) -> str:
    members = {}
    if isinstance(properties, InteractiveBrokersOrderProperties):
        members = {
            "Account": _text(properties.account),
            "FaGroup": _text(properties.fa_group),
            "FaMethod": _text(properties.fa_method),
            "FaPercentage": str(properties.fa_percentage),
            "FaProfile": _text(properties.fa_profile),
            "OutsideRegularTradingHours": _text(properties.outside_regular_trading_hours),
        }
    return _object(members | {"timeInForce": _time_in_force(properties.time_in_force)})


def _submission(data: OrderSubmissionData | None) -> str:
    if data is None:
        return "null"
    return _object({"bidPrice": _number(data._bid), "askPrice": _number(data._ask), "lastPrice": _number(data._last)})


def order_json(order: Any) -> str:
    """Text of one order."""
    kind: Order = order
    # LEAN sets both without trailing zeros.
    price, shares = (Decimal(normalize_text(value)) for value in (kind._price, kind._shares))
    before, after = _OWN.get(kind._type, ((), ()))

    def own(names: tuple[str, ...]) -> dict[str, str]:
        values = {name: getattr(order, _READERS[name]) for name in names}
        return {name: _text(v) if isinstance(v, bool) else _number(v) for name, v in values.items()}

    members = own(before) | {"type": str(int(kind._type._value))} | own(after)
    members |= {
        "id": str(kind._id),
        "contingentId": "0",
        "brokerId": "[" + ",".join(map(_text, kind._broker_id)) + "]",
        "symbol": _symbol(kind._symbol),
        "price": _number(price),
        "priceCurrency": _text(kind._price_currency),
        "time": _time(kind._time),
        "createdTime": _time(kind._time),
    }
    for name, moment in (
        ("lastFillTime", kind._last_fill),
        ("lastUpdateTime", kind._last_update),
        ("canceledTime", kind._canceled),
    ):
        if moment is not None:
            members[name] = _time(moment)
    return _object(
        members
        | {
            "quantity": _number(shares),
            "status": str(int(kind._status._value)),
            "tag": _text(kind._tag),
            "properties": _properties(kind._properties),
            "securityType": str(int(kind._symbol.security_type._value)),
            "direction": str(int(kind._direction()._value)),
            "value": _number(shares * price),
            "orderSubmissionData": _submission(kind._submission),
            "isMarketable": _text(kind.is_marketable),
            "priceAdjustmentMode": str(0 if kind._adjustment is None else int(kind._adjustment._value)),
        }
    )
