"""Brokers in India (LEAN: SamcoBrokerageModel.cs, ZerodhaBrokerageModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.brokerages.default import DefaultBrokerageModel
from lean_stubs.brokerages.order_rules import only_kinds, time_in_force
from lean_stubs.common.enums import AccountType, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.india_fees import SamcoFeeModel, ZerodhaFeeModel
from lean_stubs.orders.properties import DayTimeInForce, GoodTilCanceledTimeInForce, GoodTilDateTimeInForce

__all__ = ["SamcoBrokerageModel", "ZerodhaBrokerageModel"]

_IN_FORCE = (GoodTilCanceledTimeInForce, DayTimeInForce, GoodTilDateTimeInForce)


class _IndianBroker(DefaultBrokerageModel, clr="QuantConnect.Brokerages"):
    """Five times the account's worth; equities are India's."""

    _kinds: tuple[Any, ...] = ()

    @property
    def default_markets(self) -> dict[SecurityType, str]:
        return {**super().default_markets, SecurityType.EQUITY: Market.INDIA}

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        answer = only_kinds(self._kinds, self, order)
        return time_in_force(_IN_FORCE, self, order) if answer[0] else answer

    def can_execute_order(self, security: Any, order: Any) -> bool:
        return type(order._properties.time_in_force) in _IN_FORCE

    def get_leverage(self, security: Any) -> float:
        return 1.0 if self._account == AccountType.CASH else 5.0


class SamcoBrokerageModel(_IndianBroker, clr="QuantConnect.Brokerages"):
    _kinds = (OrderType.MARKET, OrderType.LIMIT, OrderType.STOP_MARKET)

    def get_benchmark(self, securities: Any) -> Any:
        """A fund of the Nifty 50."""
        from lean_stubs.algorithm.setup import security_benchmark

        return security_benchmark(securities._state, Symbol.create("NIFTYBEES", SecurityType.EQUITY, Market.INDIA))

    def get_fee_model(self, security: Any) -> Any:
        return SamcoFeeModel()


class ZerodhaBrokerageModel(_IndianBroker, clr="QuantConnect.Brokerages"):
    _kinds = (OrderType.LIMIT, OrderType.MARKET, OrderType.STOP_MARKET, OrderType.STOP_LIMIT)

    def get_fee_model(self, security: Any) -> Any:
        return ZerodhaFeeModel()
