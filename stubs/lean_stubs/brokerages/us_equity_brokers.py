"""Brokers that differ from the default for US equities (LEAN: the classes of these names in Common/Brokerages)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.benchmark import FuncBenchmark
from lean_stubs.brokerages.default import DefaultBrokerageModel
from lean_stubs.brokerages.order_rules import only_kinds, refused
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
        allowed = only_kinds(kinds, self, order)
        if allowed[0] and order._shares % 1:
            return refused(f"Order Quantity must be Integer, but provided {abs(order._shares)}.")
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
        return only_kinds(_NO_MARKET_AUCTIONS, self, order)

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        if request._quantity is not None and request._quantity != order._shares:
            return refused("Tradier does not support updating order quantities.", "UpdateRejected")
        return True, None

    def can_execute_order(self, security: Any, order: Any) -> bool:
        return bool(security.exchange.exchange_open)

    def get_fee_model(self, security: Any) -> Any:
        return ConstantFeeModel(0)
