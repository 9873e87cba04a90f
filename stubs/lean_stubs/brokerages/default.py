"""The brokerage model of every run that names no other (LEAN: DefaultBrokerageModel.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import AccountType, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.orders.fees import InteractiveBrokersFeeModel
from lean_stubs.orders.fills import EquityFillModel
from lean_stubs.orders.slippage import NullSlippageModel
from lean_stubs.securities.buying_power import SecurityMarginModel
from lean_stubs.securities.models import MarginInterestRateModel
from lean_stubs.securities.settlement import DelayedSettlementModel, ImmediateSettlementModel
from lean_stubs.securities.shortable import NullShortableProvider

__all__ = ["DefaultBrokerageModel"]


#: When settled money is free (LEAN: Equity.DefaultSettlementTime).
_SIX = timedelta(hours=6)


class DefaultBrokerageModel(ClrObject, clr="QuantConnect.Brokerages"):
    """Everything is allowed; the models of a new equity. Base of users' brokerage models."""

    #: Also for a subclass that does not call this constructor.
    _account = AccountType.MARGIN

    def __init__(self, account_type: AccountType = AccountType.MARGIN) -> None:
        self._account = account_type

    @property
    def account_type(self) -> AccountType:
        return self._account

    @property
    def required_free_buying_power_percent(self) -> float:
        return 0.0

    @property
    def default_markets(self) -> dict[SecurityType, str]:
        return {SecurityType.EQUITY: Market.USA}

    def can_submit_order(self, security: Any, order: Any, message: Any) -> Any:
        """(whether the order may be placed, message)."""
        return True, None

    def can_update_order(self, security: Any, order: Any, request: Any, message: Any) -> Any:
        return True, None

    def can_execute_order(self, security: Any, order: Any) -> bool:
        return True

    def get_leverage(self, security: Any) -> float:
        return 1.0 if self._account == AccountType.CASH else 2.0

    def get_benchmark(self, securities: Any) -> Any:
        """None stands for SPY."""
        return None

    def get_fill_model(self, security: Any) -> Any:
        return EquityFillModel()

    def get_fee_model(self, security: Any) -> Any:
        return InteractiveBrokersFeeModel()

    def get_slippage_model(self, security: Any) -> Any:
        return NullSlippageModel()

    def get_settlement_model(self, security: Any) -> Any:
        return DelayedSettlementModel(1, _SIX) if self._account == AccountType.CASH else ImmediateSettlementModel()

    def get_buying_power_model(self, security: Any) -> Any:
        return SecurityMarginModel(self.get_leverage(security), self.required_free_buying_power_percent)

    def get_margin_interest_rate_model(self, security: Any) -> Any:
        return MarginInterestRateModel.NULL

    def get_shortable_provider(self, security: Any) -> Any:
        return NullShortableProvider()
