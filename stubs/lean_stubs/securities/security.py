"""One tradable thing with its prices, position and models (LEAN: Security, Equity)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject, overrides
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.orders.fees import InteractiveBrokersFeeModel, fee_of
from lean_stubs.orders.fills import EquityFillModel
from lean_stubs.orders.order import MarketOrder
from lean_stubs.orders.slippage import NullSlippageModel
from lean_stubs.securities.buying_power import BuyingPowerModel, SecurityMarginModel
from lean_stubs.securities.decimals import ONE, to_decimal
from lean_stubs.securities.exchange import EquityExchange
from lean_stubs.securities.holding import EquityHolding
from lean_stubs.securities.models import (
    EquityPriceVariationModel,
    ImmediateSettlementModel,
    MarginInterestRateModel,
    SecurityDataFilter,
    SecurityPortfolioModel,
    VolatilityModel,
)
from lean_stubs.securities.price_cache import PriceCache, SecurityCache
from lean_stubs.securities.symbol_properties import SymbolProperties

__all__ = ["Equity", "Security"]

_ONE_DOLLAR = ONE
_CENT = Decimal("0.01")
_SMALL_STEP = Decimal("0.0001")


class Security(ClrObject, clr="QuantConnect.Securities"):
    NULL_LEVERAGE = 0

    def __init__(self, state: Any, symbol: Any, config: Any = None, hours: Any = None) -> None:
        self._state, self._symbol, self._config, self._hours = state, symbol, config, hours
        self._prices = PriceCache()
        self._cache = SecurityCache(self._prices)
        self._properties = SymbolProperties()
        self._lot = self._properties._exact_lot
        self._exchange = EquityExchange(state, hours)
        self._holdings = EquityHolding(self)
        self._fee_model: Any = InteractiveBrokersFeeModel()
        self._fill_model: Any = EquityFillModel()
        self._slippage_model: Any = NullSlippageModel()
        self._buying_power_model: Any = SecurityMarginModel(2)
        self._settlement_model: Any = ImmediateSettlementModel()
        self._portfolio_model: Any = SecurityPortfolioModel()
        self._volatility_model: Any = VolatilityModel.NULL
        self._interest_model: Any = MarginInterestRateModel.NULL
        self._data_filter: Any = SecurityDataFilter()
        self._price_variation_model: Any = EquityPriceVariationModel()
        self._shortable_provider: Any = None
        self._tradable = True
        self._delisted = False
        self._members: dict[str, Any] = {}

    # Engine side.

    def update(self, data: Any) -> None:
        """Take over a bar of a time step; fill-forward data change nothing."""
        if data.is_fill_forward:
            return
        self._prices.store(data)

    def _market_order_fee(self, quantity: Decimal) -> Decimal:
        return fee_of(self, MarketOrder(self._symbol, quantity, self._state.utc))

    def _price_step(self, price: Decimal) -> Decimal:
        return _SMALL_STEP if price < _ONE_DOLLAR else _CENT

    def _configs(self) -> list[Any]:
        """Subscriptions of the user, by which fills are judged."""
        found = [c for c in self._state.subscription_manager.configs(self._symbol) if not c.is_internal_feed]
        return found or [self._config]

    def _call_model(self, model: Any, name: str, *arguments: Any) -> Any:
        """Call a user's model by the (snake_case) name of LEAN's method."""
        return overrides.find(model, name)(*arguments)

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
        return self._prices.price

    ask_price = bid_price

    @property
    def bid_size(self) -> float:
        return 0.0

    ask_size = bid_size

    @property
    def open_interest(self) -> int:
        return 0

    @property
    def has_data(self) -> bool:
        return self._prices.last_data is not None

    def get_last_data(self) -> Any:
        from lean_stubs.data.base_data import wrap
        from lean_stubs.data.bar_state import BarState

        last = self._prices.last_data
        return wrap(last) if isinstance(last, BarState) else last

    @property
    def cache(self) -> SecurityCache:
        return self._cache

    @property
    def holdings(self) -> EquityHolding:
        return self._holdings

    @property
    def hold_stock(self) -> bool:
        return self._holdings._position.invested

    invested = hold_stock

    @property
    def exchange(self) -> EquityExchange:
        return self._exchange

    @property
    def symbol_properties(self) -> SymbolProperties:
        return self._properties

    @property
    def quote_currency(self) -> Any:
        return self._state.portfolio.cash_book["USD"]

    @property
    def local_time(self) -> datetime:
        """The security's clock: naive, in its exchange's zone."""
        local: datetime = self._hours.to_local(self._state.utc)
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
        return list(self._state.subscription_manager.configs(self._symbol))

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
        for config in self._state.subscription_manager.configs(self._symbol):
            config.data_normalization_mode = mode

    def is_custom_data(self) -> bool:
        return False

    def set_market_price(self, data: Any) -> None:
        self._prices.store(data)

    def reset(self) -> None:
        """Forget prices and refuse trading, as a removed security does."""
        self._tradable = False
        self._prices.reset()

    # Models.

    @property
    def leverage(self) -> float:
        return float(self._exact_leverage())

    def _exact_leverage(self) -> Decimal:
        model = self._buying_power_model
        if isinstance(model, BuyingPowerModel):
            own = overrides.find_python(model, "get_leverage")
            return model._leverage() if own is None else to_decimal(own(self))
        return to_decimal(self._call_model(model, "get_leverage", self))

    def set_leverage(self, leverage: float) -> None:
        self._call_model(self._buying_power_model, "set_leverage", self, leverage)

    @property
    def fee_model(self) -> Any:
        return self._fee_model

    @fee_model.setter
    def fee_model(self, value: Any) -> None:
        self._fee_model = value

    def set_fee_model(self, fee_model: Any) -> None:
        self._fee_model = fee_model

    @property
    def fill_model(self) -> Any:
        return self._fill_model

    @fill_model.setter
    def fill_model(self, value: Any) -> None:
        self._fill_model = value

    def set_fill_model(self, fill_model: Any) -> None:
        self._fill_model = fill_model

    @property
    def slippage_model(self) -> Any:
        return self._slippage_model

    @slippage_model.setter
    def slippage_model(self, value: Any) -> None:
        self._slippage_model = value

    def set_slippage_model(self, slippage_model: Any) -> None:
        self._slippage_model = slippage_model

    @property
    def buying_power_model(self) -> Any:
        return self._buying_power_model

    @buying_power_model.setter
    def buying_power_model(self, value: Any) -> None:
        self._buying_power_model = value

    margin_model = buying_power_model

    def set_buying_power_model(self, buying_power_model: Any) -> None:
        self._buying_power_model = buying_power_model

    def set_margin_model(self, margin_model: Any) -> None:
        self._buying_power_model = margin_model

    @property
    def settlement_model(self) -> Any:
        return self._settlement_model

    @settlement_model.setter
    def settlement_model(self, value: Any) -> None:
        self._settlement_model = value

    def set_settlement_model(self, settlement_model: Any) -> None:
        self._settlement_model = settlement_model

    @property
    def portfolio_model(self) -> Any:
        return self._portfolio_model

    @portfolio_model.setter
    def portfolio_model(self, value: Any) -> None:
        self._portfolio_model = value

    @property
    def volatility_model(self) -> Any:
        return self._volatility_model

    @volatility_model.setter
    def volatility_model(self, value: Any) -> None:
        self._volatility_model = value

    def set_volatility_model(self, volatility_model: Any) -> None:
        self._volatility_model = volatility_model

    @property
    def margin_interest_rate_model(self) -> Any:
        return self._interest_model

    @margin_interest_rate_model.setter
    def margin_interest_rate_model(self, value: Any) -> None:
        self._interest_model = value

    def set_margin_interest_rate_model(self, margin_interest_rate_model: Any) -> None:
        self._interest_model = margin_interest_rate_model

    @property
    def data_filter(self) -> Any:
        return self._data_filter

    @data_filter.setter
    def data_filter(self, value: Any) -> None:
        self._data_filter = value

    def set_data_filter(self, data_filter: Any) -> None:
        self._data_filter = data_filter

    @property
    def price_variation_model(self) -> Any:
        return self._price_variation_model

    @price_variation_model.setter
    def price_variation_model(self, value: Any) -> None:
        self._price_variation_model = value

    @property
    def shortable_provider(self) -> Any:
        return self._shortable_provider

    def set_shortable_provider(self, shortable_provider: Any) -> None:
        self._shortable_provider = shortable_provider

    # Custom properties (LEAN: Security is a dynamic object).

    def set(self, key: str, value: Any) -> None:
        self._members[key] = value

    add = set

    def get(self, key: str) -> Any:
        if key not in self._members:
            raise KeyNotFoundException(f"Property with name '{key}' does not exist.")
        return self._members[key]

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
    DEFAULT_SETTLEMENT_DAYS = 1

    @property
    def primary_exchange(self) -> Any:
        return "UNKNOWN"

    @property
    def shortable(self) -> bool:
        return True

    @property
    def total_shortable_quantity(self) -> float | None:
        return None
