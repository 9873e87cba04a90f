"""An order as LEAN's JSON (LEAN: the Json attributes of Order and its kin, Newtonsoft's ways to write a value).

Members of the class itself come first, then those of the classes above it, each in the sequence of its source.
"""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lean_stubs.common.exchange import Exchange
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.order import Order, OrderSubmissionData
from lean_stubs.orders.properties import (
    GOOD_TIL_CANCELED,
    GoodTilCanceledTimeInForce,
    GoodTilDateTimeInForce,
    IndiaOrderProperties,
    InteractiveBrokersOrderProperties,
    OrderProperties,
    TimeInForce,
)
from lean_stubs.securities.decimals import normalize_text

__all__ = ["order_json"]

#: Properties that nobody has changed.
_USUAL = '{"timeInForce":{}}'

#: Members of the kinds of orders that have some of their own, before "type" and after it.
_OWN: dict[Any, tuple[tuple[str, ...], tuple[str, ...]]] = {
    OrderType.LIMIT: (("limitPrice",), ()),
    OrderType.STOP_MARKET: (("stopPrice",), ()),
    OrderType.STOP_LIMIT: (("stopPrice", "stopTriggered", "limitPrice"), ()),
    OrderType.TRAILING_STOP: (("trailingAmount", "trailingAsPercentage"), ("stopPrice",)),
    OrderType.LIMIT_IF_TOUCHED: ((), ("triggerPrice", "limitPrice", "triggerTouched")),
    OrderType.COMBO_LEG_LIMIT: ((), ("limitPrice",)),
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


@lru_cache(maxsize=1024)
def _time(value: datetime, zone: str = "Z") -> str:
    text = value.isoformat()
    return f'"{text.rstrip("0") if value.microsecond else text}{zone}"'


def _number(value: Decimal) -> str:
    """Digits as the decimal holds them; a whole number gets one zero (Newtonsoft: JsonConvert.ToString)."""
    # .NET writes a decimal's negative zero without its sign.
    text = format(value if value else abs(value), "f")
    return text if "." in text else text + ".0"


@lru_cache(maxsize=4096, typed=True)
def _text(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    # Newtonsoft escapes these line ends too.
    return written.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _object(members: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"


@lru_cache(maxsize=4096)
def _symbol(ticker: str, sid: str) -> str:
    """LEAN: SymbolJsonConverter."""
    return _object({"value": _text(ticker), "id": _text(sid), "permtick": _text(ticker)})


def _time_in_force(value: TimeInForce) -> str:
    """LEAN: TimeInForceJsonConverter; the default names no type."""
    members = {}
    if not isinstance(value, GoodTilCanceledTimeInForce):
        members["$type"] = _text(f"QuantConnect.Orders.TimeInForces.{type(value).__name__}")
    if isinstance(value, GoodTilDateTimeInForce):
        members["Expiry"] = _time(value.expiry, "")
    return _object(members)


def _properties(properties: OrderProperties) -> str:
    usual = type(properties) is OrderProperties and properties.time_in_force is GOOD_TIL_CANCELED
    if usual and properties.exchange is None:
        return _USUAL
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
    if isinstance(properties, IndiaOrderProperties):
        members["ProductType"] = _text(properties.product_type)
    members["timeInForce"] = _time_in_force(properties.time_in_force)
    if isinstance(properties.exchange, Exchange):
        members["Exchange"] = _exchange(properties.exchange)
    return _object(members)


def _exchange(exchange: Exchange) -> str:
    kinds = ",".join(str(kind._value) for kind in exchange.security_types)
    texts = {"Code": exchange.code, "Name": exchange.name, "Market": exchange.market}
    return _object({**{name: _text(text) for name, text in texts.items()}, "SecurityTypes": f"[{kinds}]"})


def _submission(data: OrderSubmissionData | None) -> str:
    if data is None:
        return "null"
    return f'{{"bidPrice":{_number(data._bid)},"askPrice":{_number(data._ask)},"lastPrice":{_number(data._last)}}}'


def _group(group: Any) -> str:
    """What a combo's orders share, with its comma."""
    if group is None:
        return ""
    members = {
        "id": str(group._id),
        "quantity": _number(group._quantity),
        "count": str(group._count),
        "limitPrice": _number(group._limit),
        "orderIds": f"[{','.join(map(str, group._ids))}]",
        "direction": str(group.direction._value),
    }
    return f'"groupOrderManager":{_object(members)},'


def order_json(order: Any, price: Decimal | None = None) -> str:
    """Text of one order, with another price if one is given."""
    kind: Order = order
    # LEAN sets both without trailing zeros.
    worth, shares = (Decimal(normalize_text(value)) for value in (kind._price if price is None else price, kind._shares))
    before, after = _OWN.get(kind._type, ((), ()))

    def own(names: tuple[str, ...]) -> str:
        values = ((name, getattr(order, _READERS[name])) for name in names)
        return "".join(f'"{name}":{_text(v) if isinstance(v, bool) else _number(v)},' for name, v in values)

    time = _time(kind._time)
    moments = (("lastFillTime", kind._last_fill), ("lastUpdateTime", kind._last_update), ("canceledTime", kind._canceled))
    known = "".join(f'"{name}":{_time(moment)},' for name, moment in moments if moment is not None)
    quantity = f'"quantity":{_number(shares)},'
    # Combo orders have a quantity of their own class, and so before what all orders have.
    early, late = ("", quantity) if kind._group is None else (quantity, "")
    return (
        f'{{{own(before)}"type":{kind._type._value},{own(after)}{early}"id":{kind._id},"contingentId":0,'
        f'"brokerId":[{",".join(map(_text, kind._broker_id))}],"symbol":{_symbol(kind._symbol.value, str(kind._symbol.id))},'
        f'"price":{_number(worth)},"priceCurrency":{_text(kind._price_currency)},"time":{time},"createdTime":{time},{known}'
        f'{late}"status":{kind._status._value},"tag":{_text(kind._tag)},'
        f'"properties":{_properties(kind._properties)},"securityType":{kind._symbol.security_type._value},'
        f'"direction":{kind._direction()._value},"value":{_number(shares * worth)},'
        f'"orderSubmissionData":{_submission(kind._submission)},"isMarketable":{_text(kind.is_marketable)},{_group(kind._group)}'
        f'"priceAdjustmentMode":{0 if kind._adjustment is None else kind._adjustment._value}}}'
    )
