"""At what price and when an order fills (LEAN: EquityFillModel, FillModel)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject, is_lean_class
from lean_stubs.common import Resolution
from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fill_messages import filled_at_open
from lean_stubs.orders.market_prices import MarketPrices, best_effort_price, market_prices
from lean_stubs.orders.slippage import slippage_of

__all__ = [
    "EquityFillModel",
    "Fill",
    "FillModel",
    "FillModelParameters",
    "ImmediateFillModel",
    "LatestPriceFillModel",
    "fill_order",
]

_HOUR = timedelta(hours=1)
_SPANS = {
    Resolution.TICK: timedelta(0),
    Resolution.SECOND: timedelta(seconds=1),
    Resolution.MINUTE: timedelta(minutes=1),
    Resolution.HOUR: _HOUR,
    Resolution.DAILY: timedelta(1),
}


class Fill(ClrObject, clr="QuantConnect.Orders.Fills"):
    """Order events a fill model gives back."""

    def __init__(self, order_events: Any) -> None:
        self._events = list(order_events) if isinstance(order_events, (list, tuple)) else [order_events]

    def __iter__(self) -> Any:
        return iter(self._events)


class FillModelParameters(ClrObject, clr="QuantConnect.Orders.Fills"):
    def __init__(self, security: Any, order: Any, stale_price_time_span: timedelta) -> None:
        self._security, self._order, self._stale = security, order, stale_price_time_span

    @property
    def security(self) -> Any:
        return self._security

    @property
    def order(self) -> Any:
        return self._order

    @property
    def stale_price_time_span(self) -> timedelta:
        return self._stale


def is_exchange_open(security: Any, extended: bool) -> bool:
    """Whether an order could fill now: by the clock, or within the span of the last bar.

    The close itself is a closed moment: a daily bar counts all its day, a finer one up to its end.
    """
    hours = security._hours
    now = security.local_time
    if hours.is_open(now, extended):
        return True
    last = security._prices.last_data
    if last is None:
        return False
    on_bar = now.date() == last.end_time.date() if last.end_time - last.time > _HOUR else now <= last.end_time
    return bool(on_bar and hours.is_open(last.time, last.end_time, extended))


class FillModel(ClrObject, clr="QuantConnect.Orders.Fills"):
    """Fills whole orders; base of users' fill models."""

    def fill(self, parameters: FillModelParameters) -> Fill:
        return Fill([self._fill(parameters.security, parameters.order)])

    def _fill(self, security: Any, order: Any) -> OrderEvent:
        fill = OrderEvent(order, security._state.utc)
        if order._status is not OrderStatus.CANCELED:
            _FILLS[order._type](security, order, fill)
        return fill

    def market_fill(self, asset: Any, order: Any) -> OrderEvent:
        return FillModel._fill(self, asset, order)

    limit_fill = stop_market_fill = stop_limit_fill = trailing_stop_fill = market_fill
    limit_if_touched_fill = market_on_open_fill = market_on_close_fill = market_fill


class EquityFillModel(FillModel, clr="QuantConnect.Orders.Fills"):
    """The default of equities."""


class ImmediateFillModel(FillModel, clr="QuantConnect.Orders.Fills"):
    """The same rules under LEAN's older name."""


class LatestPriceFillModel(ImmediateFillModel, clr="QuantConnect.Orders.Fills"):
    """The same rules on trade bars."""


def _done(fill: OrderEvent, order: Any, price: Decimal) -> None:
    fill._status, fill._fill_shares, fill._price = OrderStatus.FILLED, order._shares, price


def _slipped(security: Any, order: Any, price: Decimal) -> Decimal:
    slip = slippage_of(security, order)
    return price + slip if order._shares > 0 else price - slip


def _span(security: Any) -> timedelta:
    """Length of the finest bar subscribed to."""
    return min(_SPANS[config.resolution] for config in security._configs())


def _market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    placed = security._hours.to_local(order._time)
    price, message, stale = best_effort_price(security, placed, order._shares > 0)
    if stale is not None:
        span = _span(security)
        # Coarse bars always wait for fresh data, finer ones if the price is more than a bar old.
        if span >= _HOUR or placed - stale > span:
            return
    fill._message = message
    _done(fill, order, _slipped(security, order, price))


def _fresh_bar(security: Any, order: Any) -> Any:
    """Prices of the last bar if it ends after the order was placed."""
    bar = security._prices.bar
    if bar is None or bar.end_time <= security._hours.to_local(order._time):
        return None
    return security._prices.bar_price


def _extended(security: Any) -> bool:
    return any(config.extended_market_hours for config in security._configs())


def _limit(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, _extended(security)):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    if order._shares > 0 and bar("low") < order._limit:
        _done(fill, order, min(bar("open"), order._limit))
    elif order._shares < 0 and bar("high") > order._limit:
        _done(fill, order, max(bar("open"), order._limit))
    if fill._price and fill._price != order._limit:
        fill._message = filled_at_open(security, favourable=True)


def _stop_market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    if order._shares < 0 and bar("low") <= order._stop:
        _done(fill, order, _slipped(security, order, min(bar("open"), order._stop)))
        gap = bar("open") <= order._stop
    elif order._shares > 0 and bar("high") >= order._stop:
        _done(fill, order, _slipped(security, order, max(bar("open"), order._stop)))
        gap = bar("open") >= order._stop
    else:
        return
    if gap:
        fill._message = filled_at_open(security, favourable=False)


def _fresh_prices(security: Any, order: Any) -> MarketPrices | None:
    """Prices of the order's side if their bar ends after the order was placed."""
    prices = market_prices(security, order._shares)
    if prices.end is None or prices.end <= security._hours.to_local(order._time):
        return None
    return prices


def _stop_limit(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, _extended(security)):
        return
    prices = _fresh_prices(security, order)
    if prices is None:
        return
    if order._shares > 0 and (prices.high > order._stop or order._triggered):
        order._triggered = True
        if prices.current < order._limit:
            _done(fill, order, min(prices.high, order._limit))
    elif order._shares < 0 and (prices.low < order._stop or order._triggered):
        order._triggered = True
        if prices.current > order._limit:
            _done(fill, order, max(prices.low, order._limit))


def trailing_stop_price(price: Decimal, amount: Decimal, as_percentage: bool, buying: bool) -> Decimal:
    """Where a trailing stop lies, seen from a market price."""
    distance = price * amount if as_percentage else amount
    return price + distance if buying else price - distance


def _trailing_stop(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    prices = _fresh_prices(security, order)
    if prices is None:
        return
    slip = slippage_of(security, order)
    buying = order._shares > 0
    if not buying and prices.low <= order._stop:
        _done(fill, order, min(order._stop, prices.current - slip))
    elif buying and prices.high >= order._stop:
        _done(fill, order, max(order._stop, prices.current + slip))
    else:
        # Only after the attempt to fill: a stop moved by this bar must not be hit by this bar.
        market = prices.low if buying else prices.high
        distance = order._stop - market if buying else market - order._stop
        reference = market * order._trailing if order._trailing_percent else order._trailing
        if distance > reference:
            order._stop = trailing_stop_price(market, order._trailing, order._trailing_percent, buying)


def _limit_if_touched(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, _extended(security)):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    placed = security._hours.to_local(order._time)
    if order._shares > 0 and (bar("low") <= order._trigger or order._triggered):
        order._triggered = True
        price, fill._message, _ = best_effort_price(security, placed, True)
        if price <= order._limit:
            _done(fill, order, price)
    elif order._shares < 0 and (bar("high") >= order._trigger or order._triggered):
        order._triggered = True
        price, fill._message, _ = best_effort_price(security, placed, False)
        if price >= order._limit:
            _done(fill, order, price)


def _market_on_open(security: Any, order: Any, fill: OrderEvent) -> None:
    bar = security._prices.bar
    hours = security._hours
    placed = hours.to_local(order._time)
    if bar is None or bar.time < placed or placed >= bar.end_time:
        return
    if bar.end_time - bar.time < _HOUR and not hours.is_open(bar.time):
        return
    # Placed while the market was open: not before the next day.
    if hours.is_open(placed) and placed.date() == bar.end_time.date():
        return
    if not is_exchange_open(security, False):
        return
    _done(fill, order, _slipped(security, order, security._prices.bar_price("open")))


def _market_on_close(security: Any, order: Any, fill: OrderEvent) -> None:
    placed = security._hours.to_local(order._time)
    if security.local_time < security._hours.next_market_close(placed, False):
        return
    _done(fill, order, _slipped(security, order, security._prices.bar_price("close")))


_FILLS = {
    OrderType.MARKET: _market,
    OrderType.LIMIT: _limit,
    OrderType.STOP_MARKET: _stop_market,
    OrderType.STOP_LIMIT: _stop_limit,
    OrderType.TRAILING_STOP: _trailing_stop,
    OrderType.LIMIT_IF_TOUCHED: _limit_if_touched,
    OrderType.MARKET_ON_OPEN: _market_on_open,
    OrderType.MARKET_ON_CLOSE: _market_on_close,
}

#: The method of a user's fill model that the engine calls for an order's type.
_METHODS = {kind: f"{str(kind).lower()}_fill" for kind in _FILLS}


def fill_order(security: Any, order: Any) -> OrderEvent:
    """Ask the security's fill model."""
    model = security._fill_model
    if is_lean_class(type(model)):
        return model._fill(security, order)  # type: ignore[no-any-return]
    from lean_stubs.clr import overrides

    whole = overrides.find_python(model, "fill")
    if whole is not None:
        answer = whole(FillModelParameters(security, order, security._state.settings.stale_price_time_span))
        events = list(answer)
        return events[0]  # type: ignore[no-any-return]
    own = overrides.find_python(model, _METHODS[order._type])
    if own is not None:
        return own(security, order)  # type: ignore[no-any-return]
    return FillModel._fill(model, security, order)
