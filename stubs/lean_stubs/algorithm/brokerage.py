"""The brokerage model of a run (LEAN: QCAlgorithm.SetBrokerageModel, BrokerageModel.Create)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.brokerages import equity_brokers as brokers
from lean_stubs.brokerages.default import DefaultBrokerageModel
from lean_stubs.brokerages.india import SamcoBrokerageModel, ZerodhaBrokerageModel
from lean_stubs.brokerages.initializer import apply_brokerage
from lean_stubs.brokerages.message_handlers import DefaultBrokerageMessageHandler
from lean_stubs.brokerages.us_equity_brokers import (
    AlphaStreamsBrokerageModel,
    AxosClearingBrokerageModel,
    InteractiveBrokersBrokerageModel,
    TradierBrokerageModel,
)
from lean_stubs.clr.exceptions import ArgumentNullException, NotOffered
from lean_stubs.clr.overloads import in_order
from lean_stubs.clr.overrides import check_methods
from lean_stubs.common.enums import AccountType, BrokerageName

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["BrokerageMembers"]

_KINDS: dict[str, type[DefaultBrokerageModel]] = {
    "DEFAULT": DefaultBrokerageModel,
    "QUANTCONNECT_BROKERAGE": DefaultBrokerageModel,
    "QUANT_CONNECT_BROKERAGE": DefaultBrokerageModel,
    "INTERACTIVE_BROKERS_BROKERAGE": InteractiveBrokersBrokerageModel,
    "INTERACTIVE_BROKERS": InteractiveBrokersBrokerageModel,
    "ALPHA_STREAMS": AlphaStreamsBrokerageModel,
    "AXOS": AxosClearingBrokerageModel,
    "TRADIER_BROKERAGE": TradierBrokerageModel,
    "ALPACA": brokers.AlpacaBrokerageModel,
    "BLOOMBERG_FIX": brokers.BloombergFixBrokerageModel,
    "CHARLES_SCHWAB": brokers.CharlesSchwabBrokerageModel,
    "EZE": brokers.EzeBrokerageModel,
    "INTERACTIVE_BROKERS_FIX": brokers.InteractiveBrokersFixModel,
    "PUBLIC": brokers.PublicBrokerageModel,
    "RBI": brokers.RBIBrokerageModel,
    "SAMCO": SamcoBrokerageModel,
    "TASTYTRADE": brokers.TastytradeBrokerageModel,
    "TD_AMERITRADE": brokers.TDAmeritradeBrokerageModel,
    "TERMINAL_LINK": brokers.TerminalLinkBrokerageModel,
    "TRADE_STATION": brokers.TradeStationBrokerageModel,
    "WEBULL": brokers.WebullBrokerageModel,
    "WOLVERINE": brokers.WolverineBrokerageModel,
    "ZERODHA": ZerodhaBrokerageModel,
}


class BrokerageMembers:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    @property
    def brokerage_model(self) -> Any:
        state = self._clr
        if state.brokerage_model is None:
            state.brokerage_model = DefaultBrokerageModel()
        return state.brokerage_model

    @property
    def brokerage_name(self) -> BrokerageName:
        model = self._clr.brokerage_model
        found = next((name for name, kind in _KINDS.items() if type(model) is kind), "DEFAULT")
        name: BrokerageName = getattr(BrokerageName, found)
        return name

    @property
    def brokerage_message_handler(self) -> Any:
        """Decides what becomes of the broker's messages and of orders placed at the broker; a backtest's broker sends none."""
        state = self._clr
        if state.brokerage_message_handler is None:
            state.brokerage_message_handler = DefaultBrokerageMessageHandler(state.user)
        return state.brokerage_message_handler

    @brokerage_message_handler.setter
    def brokerage_message_handler(self, value: Any) -> None:
        self.set_brokerage_message_handler(value)

    def set_brokerage_message_handler(self, handler: Any) -> None:
        """One of LEAN's, or any object with ``handle_message`` and ``handle_order``."""
        if handler is None:
            raise ArgumentNullException("handler")
        check_methods(handler, "IBrokerageMessageHandler", ("handle_message", "handle_order"))
        self._clr.brokerage_message_handler = handler

    @overload
    def set_brokerage_model(self, model: Any) -> None: ...
    @overload
    def set_brokerage_model(self, brokerage: Any, account_type: AccountType = AccountType.MARGIN) -> None: ...
    def set_brokerage_model(self, *arguments: Any, **named: Any) -> None:
        """By name, or a model; securities that are there already get its models and keep their leverage.

        Raises
        ------
        NotOffered
            A broker of other markets, or one whose rules are not here.
        """
        brokerage, account_type = (*in_order(named, ("model", "brokerage", "account_type"), arguments), AccountType.MARGIN)[:2]
        state = self._clr
        if isinstance(brokerage, BrokerageName):
            kind = _KINDS.get(str(brokerage))
            if kind is None:
                raise NotOffered("QCAlgorithm.set_brokerage_model", f"brokerage {brokerage}: its rules and fees")
            # Alpaca has margin accounts alone.
            model: Any = kind() if kind is brokers.AlpacaBrokerageModel else kind(account_type)
        else:
            model = brokerage
        state.brokerage_model = model
        if state.security_initializer is not None:
            return
        for security in state.securities.values():
            leverage = security.leverage
            apply_brokerage(model, security)
            security.set_leverage(leverage)
