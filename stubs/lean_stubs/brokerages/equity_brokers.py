"""Brokers that differ from the default in the orders they take and in fees (LEAN: the classes of these names in Common/Brokerages).

LEAN's checks of orders outside regular hours go by order properties of these brokers', which are not offered.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from lean_stubs.brokerages.default import DefaultBrokerageModel
from lean_stubs.brokerages.order_rules import Answer, crossing_zero, in_window, only_kinds, refused, time_in_force
from lean_stubs.brokerages.us_equity_brokers import InteractiveBrokersBrokerageModel
from lean_stubs.clr.exceptions import NotSupportedException
from lean_stubs.common.enums import AccountType
from lean_stubs.orders import broker_fees as fees
from lean_stubs.orders.enums import OrderType as Kind
from lean_stubs.orders.properties import DayTimeInForce, GoodTilCanceledTimeInForce
from lean_stubs.orders.responses import clr_name

__all__ = [
    "AlpacaBrokerageModel",
    "BloombergFixBrokerageModel",
    "CharlesSchwabBrokerageModel",
    "EzeBrokerageModel",
    "InteractiveBrokersFixModel",
    "PublicBrokerageModel",
    "RBIBrokerageModel",
    "TDAmeritradeBrokerageModel",
    "TastytradeBrokerageModel",
    "TerminalLinkBrokerageModel",
    "TradeStationBrokerageModel",
    "WebullBrokerageModel",
    "WolverineBrokerageModel",
]

_PLAIN = (Kind.MARKET, Kind.LIMIT, Kind.STOP_MARKET, Kind.STOP_LIMIT)
_COMBOS = (Kind.COMBO_MARKET, Kind.COMBO_LIMIT)
_AUCTIONS = (Kind.MARKET_ON_OPEN, Kind.MARKET_ON_CLOSE)
_NO_UPDATE = "Brokerage does not support update. You must cancel and re-create instead."


class _ListedOrders(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """Takes the orders of its list."""

    _kinds: tuple[Any, ...] = _PLAIN
    #: Those of them that must not turn a position round.
    _not_across: tuple[Any, ...] = ()
    _fees: Any = None

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        answer = only_kinds(self._kinds, self, order)
        if answer[0]:
            answer = crossing_zero(self._not_across, self, security, order)
        return self._more(security, order) if answer[0] else answer

    def _more(self, security: Any, order: Any) -> Answer:
        """What else the broker asks."""
        return True, None

    def get_fee_model(self, security: Any) -> Any:
        return super().get_fee_model(security) if self._fees is None else self._fees()


class AlpacaBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    """Orders for the open come from 19:00 on the day before to two minutes before it."""

    _kinds = (*_PLAIN, Kind.TRAILING_STOP, *_AUCTIONS)
    _not_across, _fees = _AUCTIONS, fees.AlpacaFeeModel

    def __init__(self) -> None:
        super().__init__(AccountType.MARGIN)

    def _more(self, security: Any, order: Any) -> Answer:
        return in_window(time(19), timedelta(minutes=2), security, order)


class TradeStationBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    """Orders for the open come from 6:00 to a minute before it."""

    _kinds = (*_PLAIN, *_COMBOS, *_AUCTIONS, Kind.TRAILING_STOP)
    _not_across, _fees = (*_COMBOS, *_AUCTIONS), fees.TradeStationFeeModel

    def _more(self, security: Any, order: Any) -> Answer:
        return in_window(time(6), timedelta(minutes=1), security, order)

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        held, shares = security._holdings._position.quantity, order._shares
        if request._quantity is None or request._quantity == shares:
            return True, None
        if held * shares < 0 and abs(shares) > abs(held):
            return refused(
                f"Unfortunately, the {type(self).__name__} brokerage model does not support updating the quantity of Cross Zero "
                "Orders.",
                "UpdateRejected",
            )
        if order._type in _COMBOS:
            return refused(
                f"Order type '{clr_name(order._type)}' is not supported to update quantity in the {type(self).__name__}."
            )
        return True, None


class CharlesSchwabBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    _kinds = (
        *(Kind.MARKET, Kind.LIMIT, Kind.STOP_MARKET),
        *(*_COMBOS, Kind.MARKET_ON_CLOSE, Kind.MARKET_ON_OPEN, Kind.STOP_LIMIT),
    )
    _fees = fees.CharlesSchwabFeeModel


class TastytradeBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    _kinds, _not_across, _fees = (*_PLAIN, Kind.COMBO_LIMIT), (Kind.COMBO_LIMIT,), fees.TastytradeFeeModel


class PublicBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    """Combos cannot be changed."""

    _kinds, _fees = (*_PLAIN, Kind.COMBO_LIMIT), fees.PublicFeeModel

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        if order._group is not None:
            return refused("Public.com does not support updating combo (multi-leg) orders.")
        return True, None


class WebullBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    _kinds, _fees = (*_PLAIN, Kind.TRAILING_STOP), fees.WebullFeeModel


class TDAmeritradeBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    _fees = fees.TDAmeritradeFeeModel


class RBIBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    _fees = fees.RBIFeeModel

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        if order._type in self._kinds:
            return True, None
        return refused(
            f"{clr_name(order._type)} order is not supported by RBI. Currently, only Market Order, Limit Order, StopMarket Order "
            "and StopLimit Order are supported."
        )


class WolverineBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    """No order can be changed."""

    _kinds = (Kind.MARKET, Kind.MARKET_ON_CLOSE, Kind.LIMIT, Kind.STOP_MARKET, Kind.STOP_LIMIT)
    _fees = fees.WolverineFeeModel

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        return refused(_NO_UPDATE, 0)


class TerminalLinkBrokerageModel(_ListedOrders, clr="QuantConnect.Brokerages"):
    """No order can be changed."""

    _kinds = (Kind.MARKET, Kind.MARKET_ON_OPEN, Kind.LIMIT, Kind.STOP_MARKET, Kind.STOP_LIMIT)

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        return refused(_NO_UPDATE)


class _MarginOnly(_ListedOrders, clr="QuantConnect.Brokerages"):
    _name = ""

    def __init__(self, account_type: AccountType = AccountType.MARGIN) -> None:
        if account_type == AccountType.CASH:
            raise NotSupportedException(f"{self._name} brokerage can only be used with a Margin account type")
        super().__init__(account_type)


class BloombergFixBrokerageModel(_MarginOnly, clr="QuantConnect.Brokerages"):
    _name = "Bloomberg FIX"
    _kinds = (Kind.MARKET, *_AUCTIONS, Kind.LIMIT, Kind.STOP_MARKET, Kind.STOP_LIMIT)


class EzeBrokerageModel(_MarginOnly, clr="QuantConnect.Brokerages"):
    """Whole shares."""

    _name = "Eze"
    _kinds, _fees = (*_PLAIN, *_AUCTIONS), fees.EzeFeeModel

    def _more(self, security: Any, order: Any) -> Answer:
        if order._shares % 1:
            return refused(f"Order Quantity must be Integer, but provided {abs(order._shares)}.")
        return True, None


class InteractiveBrokersFixModel(InteractiveBrokersBrokerageModel, clr="QuantConnect.Brokerages"):
    """No orders good until a date, no limit-if-touched, no combos with a limit for each leg."""

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        kinds = (Kind.MARKET, *_AUCTIONS, Kind.LIMIT, Kind.STOP_MARKET, Kind.STOP_LIMIT, Kind.TRAILING_STOP, *_COMBOS)
        answer = only_kinds(kinds, self, order)
        return time_in_force((GoodTilCanceledTimeInForce, DayTimeInForce), self, order) if answer[0] else answer
