"""One tradable thing with its prices, position and models (LEAN: Security, Equity)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.common import DataNormalizationMode
from lean_stubs.common.exchange import Exchange
from lean_stubs.common.primary_exchange import primary_exchange
from lean_stubs.data.tick_state import TickBatch, TickState
from lean_stubs.orders.fees import fee_of
from lean_stubs.orders.plain_orders import MarketOrder
from lean_stubs.securities.equity_properties import equity_properties
from lean_stubs.securities.exchange import EquityExchange
from lean_stubs.securities.holding import EquityHolding
from lean_stubs.securities.model_members import ModelMembers
from lean_stubs.securities.observers import Observers
from lean_stubs.securities.price_cache import PriceCache, SecurityCache
from lean_stubs.securities.symbol_properties import SymbolProperties

__all__ = ["Equity", "Security"]


class _Getter:
    """A custom property by its key; in brackets the type that .NET wants to know."""

    def __init__(self, security: Any) -> None:
        self._security = security

    def __getitem__(self, kind: Any) -> _Getter:
        return self

    def __call__(self, key: str) -> Any:
        members = self._security._members
        if key in members:
            return members[key]
        try:
            return object.__getattribute__(self._security, key)
        except AttributeError:
            raise KeyNotFoundException(f"Property with name '{key}' does not exist.") from None


class _TryGetter(_Getter):
    """The same without an error."""

    def __getitem__(self, kind: Any) -> _TryGetter:
        return self

    def __call__(self, key: str, value: Any) -> tuple[bool, Any]:  # type: ignore[override]  # two answers
        try:
            return True, super().__call__(key)
        except KeyNotFoundException:
            return False, None


class Security(Observers, ModelMembers, ClrObject, clr="QuantConnect.Securities"):
    NULL_LEVERAGE = 0

    def __init__(self, _state: Any, symbol: Any, config: Any = None, hours: Any = None) -> None:
        self._state, self._symbol, self._config, self._hours = _state, symbol, config, hours
        self._prices = PriceCache()
        self._cache = SecurityCache(self._prices)
        self._properties = equity_properties(_state.data, symbol, _state.portfolio._cash_book._account_currency)
        self._lot = self._properties._exact_lot
        self._exchange = EquityExchange(_state, hours)
        self._holdings = EquityHolding(self, None)
        self._default_models()
        if config is not None and config.data_normalization_mode == DataNormalizationMode.RAW:
            self._prices_follow(DataNormalizationMode.RAW)
        self._tradable = True
        self._delisted = False
        self._members: dict[str, Any] = {}

    # Engine side.

    def _as_symbol(self) -> Any:
        """.NET converts a security to its symbol where a symbol is wanted."""
        return self._symbol

    def _update(self, data: Any) -> None:
        """Take over a bar, or the ticks of a time step; fill-forward data change nothing."""
        if not data.is_fill_forward:
            kind = data.data_type
            if kind == "TradeBar":
                self._prices.store(data)
            elif kind == "QuoteBar":
                self._prices.store_quote(data)
            elif kind == "Tick":
                self._prices.store_ticks(data.ticks)
            else:
                self._prices.store(data)
            self._state.prices_seen += 1
        if self._watched:
            self._tell(data)

    def _market_order_fee(self, quantity: Decimal) -> Decimal:
        return fee_of(self, MarketOrder._make(self._symbol, quantity, self._state.utc))

    def _configs(self) -> list[Any]:
        """Subscriptions of the user, by which fills are judged."""
        found = [c for c in self._state.subscription_manager._configs_of(self._symbol) if not c.is_internal_feed]
        return found or [self._config]

    # What Python sees.

    @property
    def symbol(self) -> Any:
        return self._symbol

    @property
    def type(self) -> Any:
        return self._symbol.security_type

    @property
    def price(self) -> float:
        return self._prices.price

    @property
    def open(self) -> float:
        return self._prices.open or self._prices.price

    @property
    def high(self) -> float:
        return self._prices.high or self._prices.price

    @property
    def low(self) -> float:
        return self._prices.low or self._prices.price

    @property
    def close(self) -> float:
        return self._prices.close or self._prices.price

    @property
    def volume(self) -> float:
        return self._prices.volume

    @property
    def bid_price(self) -> float:
        return float(self._prices.bid) or self._prices.price

    @property
    def ask_price(self) -> float:
        return float(self._prices.ask) or self._prices.price

    @property
    def bid_size(self) -> float:
        return self._prices.bid_size

    @property
    def ask_size(self) -> float:
        return self._prices.ask_size

    @property
    def open_interest(self) -> int:
        return 0

    @property
    def has_data(self) -> bool:
        return self._prices.last_data is not None

    def get_last_data(self) -> Any:
        from lean_stubs.data.quote_bar import wrap_point

        return wrap_point(self._prices.last_data)

    @property
    def cache(self) -> SecurityCache:
        return self._cache

    @cache.setter
    def cache(self, value: SecurityCache) -> None:
        self._cache = value

    @property
    def holdings(self) -> EquityHolding:
        return self._holdings

    @holdings.setter
    def holdings(self, value: EquityHolding) -> None:
        self._holdings = value

    @property
    def hold_stock(self) -> bool:
        return self._holdings._position.invested

    invested = hold_stock

    @property
    def exchange(self) -> EquityExchange:
        return self._exchange

    @exchange.setter
    def exchange(self, value: EquityExchange) -> None:
        self._exchange = value

    @property
    def symbol_properties(self) -> SymbolProperties:
        return self._properties

    @symbol_properties.setter
    def symbol_properties(self, value: SymbolProperties) -> None:
        self._properties = value

    @property
    def quote_currency(self) -> Any:
        return self._state.portfolio.cash_book[self._properties.quote_currency]

    @property
    def local_time(self) -> datetime:
        """The security's clock: naive, in its exchange's zone."""
        local: datetime = self._hours._to_local(self._state.utc)
        return local

    @property
    def is_tradable(self) -> bool:
        return self._tradable

    @is_tradable.setter
    def is_tradable(self, value: bool) -> None:
        self._tradable = value

    @property
    def is_delisted(self) -> bool:
        return self._delisted

    @is_delisted.setter
    def is_delisted(self, value: bool) -> None:
        self._delisted = value

    @property
    def subscriptions(self) -> list[Any]:
        return list(self._state.subscription_manager._configs_of(self._symbol))

    @property
    def subscription_data_config(self) -> Any:
        return self._config

    @property
    def resolution(self) -> Any:
        return min((c.resolution for c in self._configs()), key=int)

    @property
    def is_fill_data_forward(self) -> bool:
        return any(c.fill_data_forward for c in self._configs())

    @property
    def is_extended_market_hours(self) -> bool:
        return any(c.extended_market_hours for c in self._configs())

    @property
    def data_normalization_mode(self) -> Any:
        return self._configs()[0].data_normalization_mode

    def set_data_normalization_mode(self, mode: Any) -> None:
        for config in self._state.subscription_manager._configs_of(self._symbol):
            config.data_normalization_mode = mode
        self._prices_follow(mode)

    def is_custom_data(self) -> bool:
        return False

    def update(
        self,
        data: Sequence[Any],
        data_type: Any,
        contains_fill_forward_data: bool | None = None,
        is_internal_config: bool = False,
    ) -> None:
        """Take over the data of one subscription."""
        points = [getattr(point, "_state", point) for point in data]
        if points and type(points[0]) is TickState:
            points = [TickBatch(points)]
        for point in points:
            self._update(point)

    def set_market_price(self, data: Any) -> None:
        """Take over a bar, quote or tick as the security's own prices."""
        point = getattr(data, "_state", data)
        if type(point) is TickState:
            point = TickBatch([point])
            self._prices.store_ticks(point.ticks)
        elif point.data_type == "QuoteBar":
            self._prices.store_quote(point)
        else:
            self._prices.store(point)
        self._state.prices_seen += 1
        if self._watched:
            self._tell(point)

    def reset(self) -> None:
        """Refuse trading, as a removed security does; its last prices stay."""
        self._tradable = False

    # Custom properties (LEAN: Security is a dynamic object).

    def set(self, key: str, value: Any) -> None:
        self._members[key] = value

    add = set

    @property
    def get(self) -> _Getter:
        """``get(key)`` or ``get[type](key)``."""
        return _Getter(self)

    @property
    def try_get(self) -> _TryGetter:
        """``try_get[type](key, value)``: whether there is such a property, and the property."""
        return _TryGetter(self)

    def __getattr__(self, name: str) -> Any:
        if name != "_members" and name in self._members:
            return self._members[name]
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers

    def remove(self, key: str) -> bool:
        return self._members.pop(key, None) is not None

    def clear(self) -> None:
        self._members.clear()

    def __getitem__(self, key: str) -> Any:
        return self.get(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def __str__(self) -> str:
        return str(self._symbol)


class Equity(Security, clr="QuantConnect.Securities.Equity"):
    default_settlement_days = 1

    @property
    def primary_exchange(self) -> Exchange:
        """What the last row of the map file says."""
        maps = self._state.feed.files(self._symbol).map_file
        return primary_exchange("" if maps is None or not maps.rows else maps.rows[-1].exchange, self._symbol.id.market)

    @property
    def shortable(self) -> bool:
        return True

    @property
    def total_shortable_quantity(self) -> float | None:
        return None
