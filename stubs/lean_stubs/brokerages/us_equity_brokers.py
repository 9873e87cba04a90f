"""Brokers that differ from the default for US equities (LEAN: the classes of these names in Common/Brokerages)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.benchmark import FuncBenchmark
from lean_stubs.brokerages.default import DefaultBrokerageModel
from lean_stubs.brokerages.message import BrokerageMessageEvent, BrokerageMessageType
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.fees import AxosFeeModel, ConstantFeeModel, InteractiveBrokersFeeModel
from lean_stubs.orders.slippage import AlphaStreamsSlippageModel
from lean_stubs.securities.settlement import ImmediateSettlementModel
from lean_stubs.securities.shortable import LocalDiskShortableProvider

__all__ = [
    "AlphaStreamsBrokerageModel",
    "AxosClearingBrokerageModel",
    "InteractiveBrokersBrokerageModel",
    "TradierBrokerageModel",
]

_NO_MARKET_AUCTIONS = (OrderType.LIMIT, OrderType.MARKET, OrderType.STOP_MARKET, OrderType.STOP_LIMIT)


def _only(kinds: tuple[Any, ...], model: Any, order: Any) -> tuple[bool, BrokerageMessageEvent | None]:
    if order._type in kinds:
        return True, None
    names = ", ".join(str(kind) for kind in kinds)
    text = f"The {type(model).__name__} does not support {order._type} order type. Only supports [{names}]"
    return False, BrokerageMessageEvent(BrokerageMessageType.WARNING, "NotSupported", text)


class InteractiveBrokersBrokerageModel(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """The default's models."""


class AlphaStreamsBrokerageModel(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """No leverage, and a slippage of one basis point."""

    def get_leverage(self, security: Any) -> float:
        return 1.0

    def get_fee_model(self, security: Any) -> Any:
        return InteractiveBrokersFeeModel()

    def get_slippage_model(self, security: Any) -> Any:
        return AlphaStreamsSlippageModel()

    def get_settlement_model(self, security: Any) -> Any:
        return ImmediateSettlementModel()


class AxosClearingBrokerageModel(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """Market-on-close, market and limit orders of whole shares; no benchmark."""

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        kinds = (OrderType.MARKET_ON_CLOSE, OrderType.MARKET, OrderType.LIMIT)
        allowed = _only(kinds, self, order)
        if allowed[0] and order._shares % 1:
            text = f"Order Quantity must be Integer, but provided {abs(order._shares)}."
            return False, BrokerageMessageEvent(BrokerageMessageType.WARNING, "NotSupported", text)
        return allowed

    def get_benchmark(self, securities: Any) -> Any:
        return FuncBenchmark(lambda time: 0)

    def get_fee_model(self, security: Any) -> Any:
        return AxosFeeModel()

    def get_shortable_provider(self, security: Any) -> Any:
        return LocalDiskShortableProvider("axos")


class TradierBrokerageModel(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """No fees; an order's quantity cannot be changed; orders wait for the session."""

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        return _only(_NO_MARKET_AUCTIONS, self, order)

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        if request._quantity is not None and request._quantity != order._shares:
            text = "Tradier does not support updating order quantities."
            return False, BrokerageMessageEvent(BrokerageMessageType.WARNING, "UpdateRejected", text)
        return True, None

    def can_execute_order(self, security: Any, order: Any) -> bool:
        return bool(security.exchange.exchange_open)

    def get_fee_model(self, security: Any) -> Any:
        return ConstantFeeModel(0)
