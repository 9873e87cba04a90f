"""What happens to the account other than by fills: margin calls, dividends, splits, delistings, renames."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import overrides
from lean_stubs.common import DataNormalizationMode, DelistingType, SplitType
from lean_stubs.orders.corporate_actions import rescale_orders, told_margin_call
from lean_stubs.orders.enums import OrderRequestStatus, OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.order_book import OrderBook
from lean_stubs.orders.plain_orders import MarketOrder
from lean_stubs.orders.requests import SubmitOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import normalize_text
from lean_stubs.securities.models import MarginInterestRateModel, MarginInterestRateParameters
from lean_stubs.securities.settlement import ImmediateSettlementModel, ScanSettlementModelParameters
from lean_stubs.universe.user_defined import UserDefinedUniverse

__all__ = ["AccountEvents"]

_HOUR = timedelta(hours=1)


def _margin_call_orders(model: Any) -> tuple[list[Any], bool]:
    """What a user's model answers; orders are a reason to warn too (LEAN: MarginCallModelPythonWrapper)."""
    orders, warn = overrides.find(model, "get_margin_call_orders")(False)
    return list(orders), bool(warn) or bool(orders)


class AccountEvents(OrderBook):
    """Part of the transaction handler that the loop calls on its own account."""

    def __init__(self, state: Any, transactions: Any) -> None:
        super().__init__()
        self._state, self._transactions = state, transactions
        self.order_count = 0
        self._next_model_scan = datetime.min

    _brokerage: Any

    def handle_events(self, events: list[OrderEvent]) -> None:
        raise NotImplementedError

    def margin_calls(self) -> None:
        """Warn, or sell while all exchanges concerned are open (LEAN: AlgorithmManager)."""
        state = self._state
        model = state.portfolio.margin_call_model
        orders, warn = model._orders() if hasattr(model, "_orders") else _margin_call_orders(model)
        executed: list[OrderTicket] = []
        if orders and all(state.securities._any(r._symbol).exchange.exchange_open for r in orders):
            told = overrides.find_python(state.user, "on_margin_call")
            if told is not None:
                orders = told_margin_call(told, orders)
            executed = overrides.find(model, "execute_margin_call")(orders)
            for ticket in executed:
                state.error(
                    f"{state.time:%m/%d/%Y %H:%M:%S} - Executed MarginCallOrder: {ticket.symbol} - "
                    f"Quantity: {normalize_text(ticket._shares)} @ {normalize_text(ticket._average)}"
                )
        if warn and not executed:
            told = overrides.find_python(state.user, "on_margin_call_warning")
            if told is not None:
                told()

    def scan_models(self, utc: datetime) -> None:
        """Once an hour: margin interest and settlement (LEAN: AlgorithmManager's security model scan)."""
        if utc < self._next_model_scan:
            return
        self._next_model_scan = utc.replace(minute=0, second=0, microsecond=0) + _HOUR
        if not self._state.extra.get("interest_models"):
            return
        for security in self._state.securities.values():
            model = security._interest_model
            if model is not MarginInterestRateModel.NULL:
                overrides.find(model, "apply_margin_interest_rate")(MarginInterestRateParameters(security, utc))
            settlement = security._settlement_model
            if type(settlement) is not ImmediateSettlementModel:
                asked = ScanSettlementModelParameters(self._state.portfolio, security, utc)
                overrides.find(settlement, "scan")(asked)

    def apply_dividends(self, data: Any) -> None:
        if self._state.is_warming_up:
            return
        for dividend in data.dividends.values():
            self._state.portfolio._apply_dividend(dividend, self._mode_of(dividend.symbol))

    def apply_splits(self, data: Any) -> None:
        """Splits that occurred change raw positions and open orders."""
        state = self._state
        if state.is_warming_up:
            return
        for split in data.splits.values():
            if split.type != SplitType.SPLIT_OCCURRED:
                continue
            security = state.securities._find(split.symbol)
            mode = self._mode_of(split.symbol)
            if security is None:
                continue
            state.portfolio._apply_split(split, security, mode)
            if mode is DataNormalizationMode.RAW:
                state.trade_builder.apply_split(split, False, mode)
                rescale_orders(self._open_tickets_of(split.symbol), split)

    def _mode_of(self, symbol: Any) -> Any:
        security = self._state.securities._find(symbol)
        return None if security is None else security.data_normalization_mode

    def _process_delistings(self, delistings: Any) -> None:
        state = self._state
        for delisting in delistings.values():
            if delisting.type != DelistingType.DELISTED:
                continue
            symbol = delisting.symbol
            self.liquidate_delisted(symbol)
            self._leave_universes(symbol)
            if not state.is_warming_up:
                self._transactions.cancel_open_orders(symbol)

    def _leave_universes(self, symbol: Any) -> None:
        """Take a delisted security out of all universes."""
        manager = self._state.universe_manager
        for universe in manager.values():
            if not universe.contains_member(symbol):
                continue
            if isinstance(universe, UserDefinedUniverse):
                if universe._remove_symbol(symbol):
                    manager._touch(universe, "replace")
            else:
                universe._remove_member(self._state.utc, self._state.securities._any(symbol))
        manager.process_changes()

    def liquidate_delisted(self, symbol: Any) -> None:
        """Close a delisted position at the last price, free of charge."""
        state = self._state
        security = state.securities._any(symbol)
        quantity = -security.holdings._position.quantity
        if not quantity:
            return
        tag = "Liquidate from delisting"
        order = MarketOrder._make(symbol, quantity, state.utc, tag=tag)
        order._status = OrderStatus.SUBMITTED
        order._id = self._transactions._next_id()
        order._adjustment = security.data_normalization_mode
        request = SubmitOrderRequest._of(OrderType.MARKET, security.type, symbol, quantity, time=state.utc, tag=tag)
        request._order_id = order._id
        request._respond(OrderResponse.success(request), OrderRequestStatus.PROCESSED)
        self._keep(order, request)
        fill = OrderEvent._of(order, state.utc, tag)
        fill._price, fill._fill_shares, fill._status = security._prices.exact, quantity, OrderStatus.FILLED
        self.handle_events([fill])

    def adopt(self, order: Any) -> None:
        """Take an order that was placed at the broker (BrokerageTransactionHandler.AddOpenOrder)."""
        security = self._state.securities._any(order._symbol)
        order._id, order._status = self._transactions._next_id(), OrderStatus.NEW
        order._adjustment, order._price_currency = security.data_normalization_mode, security.symbol_properties.quote_currency
        prices = {name: getattr(order, f"_{name}") or 0 for name in ("stop", "limit", "trigger")}
        request = SubmitOrderRequest._of(
            order._type,
            security.type,
            order._symbol,
            order._shares,
            time=order._time,
            tag=order._tag,
            properties=order._properties,
            **{f"{name}_price": price for name, price in prices.items()},
        )
        request._order_id = order._id
        request._respond(OrderResponse.success(request), OrderRequestStatus.PROCESSED)
        self._keep(order, request)
        self._brokerage.place(order)

    def _keep(self, order: Any, request: SubmitOrderRequest) -> None:
        """An order that went no request's usual way."""
        ticket = OrderTicket(self._transactions, request)
        ticket._order = order
        self._note_open(order, ticket)
        self._orders[order._id] = order
        self._tickets[order._id] = ticket
        self.order_count += 1

    def cancel_for_symbol_change(self, symbol: Any) -> None:
        for ticket in self._open_tickets_of(symbol):
            ticket.cancel("Open order cancelled on symbol changed event")
