"""Orders up to a target: set_holdings and liquidate (Algorithm/QCAlgorithm.Trading.cs)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.algorithm.trading import TradingMethods
from lean_stubs.clr.overloads import bound
from lean_stubs.common import Symbol, to_symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.sizing import order_targets_by_margin_impact
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import ZERO, Decimal, to_decimal
from lean_stubs.securities.target_sizing import percent_quantity

__all__ = ["HoldingMethods"]


class _Target:
    """A symbol and the shares to order for it."""

    def __init__(self, symbol: Symbol, quantity: float) -> None:
        self.symbol, self.quantity = symbol, quantity


class HoldingMethods(TradingMethods):
    """Mixin of QCAlgorithm."""

    def calculate_order_quantity(self, symbol: Any, target: Any) -> float:
        """Shares to order so that the symbol makes `target` of the portfolio; 0 where that cannot be told."""
        return percent_quantity(self._clr, symbol, target, return_delta=True) or 0.0

    @overload
    def set_holdings(
        self,
        symbol: Symbol | str,
        percentage: float,
        liquidate_existing_holdings: bool = False,
        asynchronous: bool = False,
        tag: str | None = None,
        order_properties: Any = None,
    ) -> list[OrderTicket]: ...
    @overload
    def set_holdings(
        self,
        targets: list[Any],
        liquidate_existing_holdings: bool = False,
        asynchronous: bool = False,
        tag: str | None = None,
        order_properties: Any = None,
    ) -> list[OrderTicket]: ...
    def set_holdings(self, *arguments: Any, **named: Any) -> list[OrderTicket]:
        """(symbol, percentage, ...) or (list of targets, ...): order what is missing to the percentage of the portfolio."""
        given = bound(HoldingMethods.set_holdings, arguments, named)
        many = "targets" in given
        symbol = given["targets"] if many else given["symbol"]
        others = given.get("liquidate_existing_holdings", False)
        rest = (given.get("asynchronous", False), given.get("tag"), given.get("order_properties"))
        if not many:
            symbol = to_symbol(symbol)
            quantity = to_decimal(self.calculate_order_quantity(symbol, given["percentage"]))
            return self._hold(symbol, quantity, [symbol] if others else None, *rest)
        tickets: list[OrderTicket] = []
        if others:
            tickets += self.liquidate(self._others([t.symbol for t in symbol]), False, rest[1], rest[2])
        deltas = [_Target(to_symbol(t.symbol), self.calculate_order_quantity(t.symbol, t.quantity)) for t in symbol]
        for delta in order_targets_by_margin_impact(deltas, self._clr, target_is_delta=True):
            tickets += self._hold(delta.symbol, to_decimal(delta.quantity), None, *rest)
        return tickets

    def _others(self, symbols: list[Any]) -> list[Symbol]:
        wanted = {to_symbol(s) for s in symbols}
        return sorted((s for s in self._clr.portfolio.keys() if s not in wanted), key=lambda s: s.value)  # noqa: SIM118

    def _hold(
        self, symbol: Symbol, quantity: Decimal, keep: list[Symbol] | None, asynchronous: bool, tag: str | None, properties: Any
    ) -> list[OrderTicket]:
        state = self._clr
        tickets: list[OrderTicket] = []
        if keep is not None:
            tickets += self.liquidate(self._others(list(keep)), False, tag, properties)
        pending = state.transactions._handler.open_tickets(
            lambda t: t._submit._symbol == symbol and t._submit._order_type in (OrderType.MARKET, OrderType.MARKET_ON_OPEN)
        )
        shares = quantity - sum((t._remaining for t in pending), ZERO)
        if not shares:
            return tickets
        security = state.securities._find(symbol)
        if security is None:
            state.error(f"{symbol} not found in portfolio. Request this data when initializing the algorithm.")
            return tickets
        place = self.market_order if security.exchange.exchange_open else self.market_on_open_order
        tickets.append(place(symbol, shares, asynchronous, tag or "", properties))
        return tickets

    @overload
    def liquidate(
        self, symbol: Symbol | str | None = None, asynchronous: bool = False, tag: str | None = None, order_properties: Any = None
    ) -> list[OrderTicket]: ...
    @overload
    def liquidate(
        self, symbols: list[Any], asynchronous: bool = False, tag: str | None = None, order_properties: Any = None
    ) -> list[OrderTicket]: ...
    @overload
    def liquidate(self, symbol_to_liquidate: Symbol | str, tag: str) -> list[OrderTicket]: ...
    def liquidate(self, *arguments: Any, **named: Any) -> list[OrderTicket]:
        """Cancel open orders and sell; of a symbol, of several, or of all."""
        state, given = self._clr, bound(HoldingMethods.liquidate, arguments, named)
        symbol = next((given[name] for name in ("symbols", "symbol_to_liquidate", "symbol") if name in given), None)
        asynchronous, tag, order_properties = given.get("asynchronous", False), given.get("tag"), given.get("order_properties")
        if not state.settings.liquidate_enabled:
            state.debug(
                "Liquidate() is currently disabled by settings. To re-enable please set 'Settings.LiquidateEnabled' to true"
            )
            return []
        if symbol is None:
            symbols = sorted(state.securities.keys(), key=lambda s: s.value)
        else:
            symbols = [to_symbol(s) for s in symbol] if isinstance(symbol, (list, tuple)) else [to_symbol(symbol)]
        tag = "Liquidated" if tag is None else tag
        tickets: list[OrderTicket] = []
        for each in symbols:
            ticket = self._liquidate_one(each, asynchronous, tag, order_properties)
            if ticket is not None:
                tickets.append(ticket)
        return tickets

    def _liquidate_one(self, symbol: Symbol, asynchronous: bool, tag: str, properties: Any) -> OrderTicket | None:
        state = self._clr
        security = state.securities._find(symbol)
        if security is None:
            if not state.extra.get("liquidate_warned"):
                state.extra["liquidate_warned"] = True
                state.debug(f"Warning: liquidate ignored symbol '{symbol}' because it has not been added to the algorithm.")
            return None
        handler = state.transactions._handler
        pending = handler.open_tickets(lambda t: t._submit._symbol == symbol)
        position = security._holdings._position
        quantity = position.quantity if position.invested else ZERO
        kinds = [t._submit._order_type for t in pending]
        if len(pending) == 1 and quantity and kinds[0] is OrderType.MARKET and to_decimal(pending[0].quantity) == -quantity:
            return None
        on_the_way = ZERO
        for ticket, kind in zip(pending, kinds, strict=True):
            if kind is OrderType.MARKET:
                on_the_way += ticket._remaining
            else:
                state.transactions.cancel_order(ticket.order_id, tag)
        if not quantity:
            return None
        return self.market_order(symbol, -quantity - on_the_way, asynchronous, tag, properties)
