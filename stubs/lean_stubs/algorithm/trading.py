"""Orders from the algorithm (Algorithm/QCAlgorithm.Trading.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.order_checks import market_order_type, pre_order_checks
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common import to_symbol
from lean_stubs.common.symbol import Symbol, is_implicit
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.fill_rules import trailing_stop_price
from lean_stubs.orders.properties import GoodTilDateTimeInForce, OrderProperties, TimeInForce
from lean_stubs.orders.requests import SubmitOrderRequest
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import to_decimal
from lean_stubs.securities.shortable import is_shortable, shortable_shares

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["TradingMethods", "invalid_ticket"]

_CLOSED_MARKET = (
    "Warning: market orders submitted while the market is closed are automatically converted into MarketOnOpen orders to fill at "
    "the next market open."
)
_DAILY_DATA = (
    "Warning: market orders on daily resolution data sent during market hours are automatically converted into MarketOnClose "
    "orders (or MarketOnOpen near the close) to avoid filling at the stale previous close. Note: in live trading this conversion "
    "is not applied, as the order fills at the current market price."
)


class TradingMethods:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    @property
    def default_order_properties(self) -> Any:
        return self._clr.extra.setdefault("default_order_properties", OrderProperties())

    @default_order_properties.setter
    def default_order_properties(self, value: Any) -> None:
        self._clr.extra["default_order_properties"] = value

    # Orders of one kind.

    def _security_for_order(self, symbol: Any) -> Any:
        state = self._clr
        symbol = to_symbol(symbol)
        security = state.securities._find(symbol)
        if security is not None and (security._tradable or security._delisted):
            return security
        if is_implicit(symbol):
            return self._security_without_data(symbol)
        security = self.add_security(symbol)  # type: ignore[attr-defined]
        if not state.settings.seed_initial_prices:
            state.universe_manager._seed([security])
        return security

    def _security_without_data(self, symbol: Symbol) -> Any:
        """A ticker that nothing knows is a security of no type that never has a price (LEAN: GetSecurityForOrder)."""
        state = self._clr
        if state.data.unknown_ticker_stops:
            state.securities._check_ticker(symbol)
        security = state.feed.create_security(symbol, None, 0.0)
        state.securities.add(symbol, security)
        return security

    def _request(
        self, kind: Any, security: Any, quantity: Any, tag: str | None, properties: Any, asynchronous: bool, **prices: Any
    ) -> OrderTicket:
        return self.submit_order_request(self._new_request(kind, security, quantity, tag, properties, asynchronous, **prices))

    def _new_request(
        self, kind: Any, security: Any, quantity: Any, tag: str | None, properties: Any, asynchronous: bool, **more: Any
    ) -> SubmitOrderRequest:
        if properties is None:
            default = self._clr.extra.get("default_order_properties")
            properties = default.clone() if default is not None else None
        return SubmitOrderRequest._of(
            kind,
            security.type,
            security.symbol,
            quantity,
            time=self._clr.utc,
            tag=tag or "",
            properties=properties,
            asynchronous=asynchronous,
            **more,
        )

    def submit_order_request(self, request: SubmitOrderRequest) -> OrderTicket:
        """Check and place; what fails the checks gives an invalid ticket and an error in the log, no exception."""
        state = self._clr
        response = pre_order_checks(state, request)
        if response.is_error:
            return invalid_ticket(state, request, response)
        return state.transactions.add_order(request)  # type: ignore[no-any-return]

    def market_order(
        self, symbol: Any, quantity: Any, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket:
        """Now if the market is open and has intraday data; else at the next open, or at today's close."""
        state = self._clr
        security = self._security_for_order(symbol)
        shares = to_decimal(quantity)
        kind = market_order_type(state, security)
        if kind is OrderType.MARKET:
            return self._request(kind, security, shares, tag, order_properties, asynchronous)
        place = self.market_on_open_order if kind is OrderType.MARKET_ON_OPEN else self.market_on_close_order
        closed = not security.exchange.exchange_open
        ticket = place(security.symbol, shares, asynchronous, tag, order_properties)
        key = "closed_market_warned" if closed else "daily_data_warned"
        if not state.extra.get(key) and ticket.submit_request.response.is_success:
            state.extra[key] = True
            state.debug(_CLOSED_MARKET if closed else _DAILY_DATA)
        return ticket

    @overload
    def order(
        self, symbol: Symbol | str, quantity: float, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket: ...
    @overload
    def order(self, order: SubmitOrderRequest) -> Any: ...
    @overload
    def order(self, orders: list[SubmitOrderRequest]) -> Any: ...
    @overload
    def order(
        self, strategy: Any, quantity: int, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> Any: ...
    def order(self, *arguments: Any, **named: Any) -> Any:
        given = bound(TradingMethods.order, arguments, named)
        if "symbol" in given:
            return self.market_order(**given)
        if "strategy" in given:
            raise NotOffered("OptionStrategy")
        orders = given["orders"] if "orders" in given else [given["order"]]
        return [self.submit_order_request(request) for request in orders]

    @overload
    def buy(self, symbol: Symbol | str, quantity: float) -> OrderTicket: ...
    @overload
    def buy(
        self, strategy: Any, quantity: int, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket: ...
    def buy(self, *arguments: Any, **named: Any) -> OrderTicket:
        given = bound(TradingMethods.buy, arguments, named)
        if "strategy" in given:
            raise NotOffered("OptionStrategy")
        return self.market_order(given["symbol"], abs(to_decimal(given["quantity"])))

    @overload
    def sell(self, symbol: Symbol | str, quantity: float) -> OrderTicket: ...
    @overload
    def sell(
        self, strategy: Any, quantity: int, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket: ...
    def sell(self, *arguments: Any, **named: Any) -> OrderTicket:
        given = bound(TradingMethods.sell, arguments, named)
        if "strategy" in given:
            raise NotOffered("OptionStrategy")
        return self.market_order(given["symbol"], -abs(to_decimal(given["quantity"])))

    def _without_date(self, properties: Any) -> Any:
        """Orders at open or close know no expiry date."""
        if properties is not None and isinstance(properties.time_in_force, GoodTilDateTimeInForce):
            properties.time_in_force = TimeInForce.GOOD_TIL_CANCELED
            if not self._clr.extra.get("good_til_date_warned"):
                self._clr.extra["good_til_date_warned"] = True
                self._clr.debug(
                    "Warning: Good-Til-Date Time-In-Force is not supported for MOO and MOC orders. "
                    "The time-in-force will be reset to Good-Til-Canceled (GTC)."
                )
        return properties

    def market_on_open_order(
        self, symbol: Any, quantity: Any, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        return self._request(OrderType.MARKET_ON_OPEN, security, quantity, tag, self._without_date(order_properties), asynchronous)

    def market_on_close_order(
        self, symbol: Any, quantity: Any, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        return self._request(OrderType.MARKET_ON_CLOSE, security, quantity, tag, self._without_date(order_properties), asynchronous)

    def limit_order(
        self, symbol: Any, quantity: Any, limit_price: Any, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        return self._request(OrderType.LIMIT, security, quantity, tag, order_properties, asynchronous, limit_price=limit_price)

    def stop_market_order(
        self, symbol: Any, quantity: Any, stop_price: Any, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        return self._request(OrderType.STOP_MARKET, security, quantity, tag, order_properties, asynchronous, stop_price=stop_price)

    def stop_limit_order(
        self,
        symbol: Any,
        quantity: Any,
        stop_price: Any,
        limit_price: Any,
        asynchronous: bool = False,
        tag: str = "",
        order_properties: Any = None,
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        prices = {"stop_price": stop_price, "limit_price": limit_price}
        return self._request(OrderType.STOP_LIMIT, security, quantity, tag, order_properties, asynchronous, **prices)

    def limit_if_touched_order(
        self,
        symbol: Any,
        quantity: Any,
        trigger_price: Any,
        limit_price: Any,
        asynchronous: bool = False,
        tag: str = "",
        order_properties: Any = None,
    ) -> OrderTicket:
        security = self._security_for_order(symbol)
        prices = {"trigger_price": trigger_price, "limit_price": limit_price}
        return self._request(OrderType.LIMIT_IF_TOUCHED, security, quantity, tag, order_properties, asynchronous, **prices)

    @overload
    def trailing_stop_order(
        self,
        symbol: Symbol | str,
        quantity: float,
        trailing_amount: float,
        trailing_as_percentage: bool,
        asynchronous: bool = False,
        tag: str = ...,
        order_properties: Any = None,
    ) -> OrderTicket: ...
    @overload
    def trailing_stop_order(
        self,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        trailing_amount: float,
        trailing_as_percentage: bool,
        asynchronous: bool = False,
        tag: str = ...,
        order_properties: Any = None,
    ) -> OrderTicket: ...
    def trailing_stop_order(self, *arguments: Any, **named: Any) -> OrderTicket:
        """Follows the price at a distance; the stop price to begin with may be given."""
        given = bound(TradingMethods.trailing_stop_order, arguments, named)
        symbol, quantity = given["symbol"], given["quantity"]
        security = self._security_for_order(symbol)
        amount, as_percentage = to_decimal(given["trailing_amount"]), bool(given["trailing_as_percentage"])
        stop = given.get("stop_price")
        if stop is None:
            stop = trailing_stop_price(security._prices.exact, amount, as_percentage, to_decimal(quantity) > 0)
        prices = {"stop_price": stop, "trailing_amount": amount, "trailing_as_percentage": as_percentage}
        return self._request(
            OrderType.TRAILING_STOP,
            security,
            quantity,
            given.get("tag", ""),
            given.get("order_properties"),
            given.get("asynchronous", False),
            **prices,
        )

    def set_maximum_orders(self, max: int) -> None:
        if not self._clr.locked:
            self._clr.extra["maximum_orders"] = max

    def shortable(self, symbol: Any, short_quantity: Any = None, update_order_id: int | None = None) -> bool:
        """Whether shares can be borrowed for what is held, ordered and asked for."""
        return is_shortable(self._clr, to_symbol(symbol), to_decimal(short_quantity or 0), update_order_id)

    def shortable_quantity(self, symbol: Any) -> float | None:
        """Shares that can be borrowed now; None for any number."""
        return shortable_shares(self._clr.securities[to_symbol(symbol)])


def invalid_ticket(state: AlgorithmState, request: SubmitOrderRequest, response: Any) -> OrderTicket:
    """The ticket of a request that the checks refuse, and an error in the log."""
    state.error(response.error_message or "")
    request._respond(response)
    ticket = OrderTicket(state.transactions, request)
    ticket._invalid = True
    return ticket
