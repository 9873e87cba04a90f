"""Fill models, and how a user's own is asked (LEAN: FillModel.cs, FillModelPythonWrapper.cs)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject, is_lean_class, overrides
from lean_stubs.clr.generic_collections import Dictionary
from lean_stubs.clr.overloads import argument
from lean_stubs.orders.base_fills import BASE_FILLS
from lean_stubs.orders.combo_fills import COMBO_FILLS
from lean_stubs.orders.enums import OrderStatus
from lean_stubs.orders.equity_fills import EQUITY_FILLS
from lean_stubs.orders.event import OrderEvent

__all__ = [
    "EquityFillModel",
    "Fill",
    "FillModel",
    "FillModelParameters",
    "ImmediateFillModel",
    "LatestPriceFillModel",
    "fill_combo",
    "fill_order",
]


class Fill(ClrObject, clr="QuantConnect.Orders.Fills"):
    """Order events a fill model gives back."""

    @overload
    def __init__(self, order_events: list[OrderEvent]) -> None: ...
    @overload
    def __init__(self, order_event: OrderEvent) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = argument(Fill.__init__, arguments, named)
        self._events: list[OrderEvent] = list(given) if isinstance(given, (list, tuple)) else [given]

    def __iter__(self) -> Any:
        return iter(self._events)


class FillModelParameters(ClrObject, clr="QuantConnect.Orders.Fills"):
    """An order to fill, and what a model may want to know."""

    def __init__(
        self,
        security: Any,
        order: Any,
        config_provider: Any,
        stale_price_time_span: timedelta,
        securities_for_orders: dict[Any, Any],
        on_order_updated: Callable[[Any], Any] | None = None,
    ) -> None:
        self._security, self._order, self._stale = security, order, stale_price_time_span
        self._configs, self._securities, self._updated = config_provider, securities_for_orders, on_order_updated

    @property
    def security(self) -> Any:
        return self._security

    @property
    def order(self) -> Any:
        return self._order

    @property
    def config_provider(self) -> Any:
        return self._configs

    @property
    def securities_for_orders(self) -> dict[Any, Any]:
        return self._securities

    @property
    def on_order_updated(self) -> Callable[[Any], Any] | None:
        return self._updated

    @property
    def stale_price_time_span(self) -> timedelta:
        return self._stale


class FillModel(ClrObject, clr="QuantConnect.Orders.Fills"):
    """Fills whole orders; base of users' fill models."""

    _rules = BASE_FILLS

    def fill(self, parameters: FillModelParameters) -> Fill:
        order = parameters.order
        return Fill(_combo(order, parameters) if order._type in COMBO_FILLS else [self._fill(parameters.security, order)])

    def _fill(self, security: Any, order: Any) -> OrderEvent:
        fill = OrderEvent._of(order, security._state.utc)
        if order._status is not OrderStatus.CANCELED:
            self._rules[order._type](security, order, fill)
        return fill

    def market_fill(self, asset: Any, order: Any) -> OrderEvent:
        return self._fill(asset, order)

    def combo_market_fill(self, order: Any, parameters: FillModelParameters) -> list[OrderEvent]:
        return _combo(order, parameters)

    def combo_limit_fill(self, order: Any, parameters: FillModelParameters) -> list[OrderEvent]:
        return _combo(order, parameters)

    def combo_leg_limit_fill(self, order: Any, parameters: FillModelParameters) -> list[OrderEvent]:
        return _combo(order, parameters)

    limit_fill = stop_market_fill = stop_limit_fill = trailing_stop_fill = market_fill
    limit_if_touched_fill = market_on_open_fill = market_on_close_fill = market_fill


class EquityFillModel(FillModel, clr="QuantConnect.Orders.Fills"):
    """The default of equities."""

    _rules = EQUITY_FILLS


class ImmediateFillModel(FillModel, clr="QuantConnect.Orders.Fills"):
    """The base rules under LEAN's older name."""


class LatestPriceFillModel(ImmediateFillModel, clr="QuantConnect.Orders.Fills"):
    """The base rules."""


#: The method of a user's fill model that the engine calls for an order's type.
_METHODS = {kind: f"{str(kind).lower()}_fill" for kind in (*BASE_FILLS, *COMBO_FILLS)}


def _combo(order: Any, parameters: FillModelParameters) -> list[OrderEvent]:
    legs = sorted(parameters._securities.items(), key=lambda leg: leg[0]._id)
    return COMBO_FILLS[order._type](order, legs)


def _parameters(security: Any, order: Any, securities: Mapping[Any, Any]) -> FillModelParameters:
    state = security._state
    provider, stale = state.subscription_manager.subscription_data_config_service, state.settings.stale_price_time_span
    return FillModelParameters(security, order, provider, stale, Dictionary(securities))


def fill_order(security: Any, order: Any) -> OrderEvent:
    """Ask the security's fill model."""
    model = security._fill_model
    if is_lean_class(type(model)):
        return model._fill(security, order)  # type: ignore[no-any-return]
    whole = overrides.find_python(model, "fill")
    if whole is not None:
        events = list(whole(_parameters(security, order, {order: security})))
        return events[0] if events else OrderEvent._of(order, security._state.utc)
    own = overrides.find_python(model, _METHODS[order._type])
    if own is not None:
        return own(security, order)  # type: ignore[no-any-return]
    return model._fill(security, order)  # type: ignore[no-any-return]


def fill_combo(security: Any, order: Any, securities: Mapping[Any, Any]) -> list[OrderEvent]:
    """Ask the security's fill model for all orders of a group, each with its security."""
    model, given = security._fill_model, _parameters(security, order, securities)
    whole = overrides.find_python(model, "fill")
    if whole is not None:
        return list(whole(given))
    own = overrides.find_python(model, _METHODS[order._type])
    return list(own(order, given)) if own is not None else _combo(order, given)
