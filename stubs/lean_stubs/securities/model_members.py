"""The replaceable models of a security (LEAN: Security)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import overrides
from lean_stubs.clr.overloads import bound
from lean_stubs.common import DataNormalizationMode
from lean_stubs.orders.fees import InteractiveBrokersFeeModel
from lean_stubs.orders.fills import EquityFillModel
from lean_stubs.orders.slippage import NullSlippageModel
from lean_stubs.securities.buying_power import BuyingPowerModel, SecurityMarginModel
from lean_stubs.securities.decimals import to_decimal
from lean_stubs.securities.models import (
    AdjustedPriceVariationModel,
    EquityDataFilter,
    EquityPriceVariationModel,
    GetMinimumPriceVariationParameters,
    MarginInterestRateModel,
    SecurityPortfolioModel,
    VolatilityModel,
)
from lean_stubs.securities.settlement import ImmediateSettlementModel
from lean_stubs.securities.shortable import NullShortableProvider

__all__ = ["ModelMembers"]


class ModelMembers:
    """Mixin of Security: each model is a property and has a setter method."""

    _state: Any

    def _default_models(self) -> None:
        self._fee_model: Any = InteractiveBrokersFeeModel()
        self._fill_model: Any = EquityFillModel()
        self._slippage_model: Any = NullSlippageModel()
        self._buying_power_model: Any = SecurityMarginModel(2)
        self._settlement_model: Any = ImmediateSettlementModel()
        self._portfolio_model: Any = SecurityPortfolioModel()
        self._volatility_model: Any = VolatilityModel.NULL
        self._interest_model: Any = MarginInterestRateModel.NULL
        self._data_filter: Any = EquityDataFilter()
        self._price_variation_model: Any = AdjustedPriceVariationModel()
        self._shortable_provider: Any = NullShortableProvider()

    def _call_model(self, model: Any, name: str, *arguments: Any) -> Any:
        """Call a user's model by the (snake_case) name of LEAN's method."""
        return overrides.find(model, name)(*arguments)

    def _prices_follow(self, mode: Any) -> None:
        """Orders for raw prices come in whole cents, for adjusted ones at any price."""
        adjusted = mode is None or mode == DataNormalizationMode.ADJUSTED
        self._price_variation_model = AdjustedPriceVariationModel() if adjusted else EquityPriceVariationModel()

    def _price_step(self, price: Decimal) -> Decimal:
        asked = GetMinimumPriceVariationParameters(self, float(price))
        return to_decimal(self._call_model(self._price_variation_model, "get_minimum_price_variation", asked))

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

    def set_fee_model(self, feel_model: Any) -> None:
        self._fee_model = feel_model

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
        self.set_buying_power_model(value)

    margin_model = buying_power_model

    @overload
    def set_buying_power_model(self, py_object: Any) -> None: ...
    @overload
    def set_buying_power_model(self, buying_power_model: Any) -> None: ...
    def set_buying_power_model(self, *arguments: Any, **named: Any) -> None:
        self._buying_power_model = _only(bound(ModelMembers.set_buying_power_model, arguments, named))
        self._state.portfolio._invalidate()

    @overload
    def set_margin_model(self, py_object: Any) -> None: ...
    @overload
    def set_margin_model(self, margin_model: Any) -> None: ...
    def set_margin_model(self, *arguments: Any, **named: Any) -> None:
        self.set_buying_power_model(_only(bound(ModelMembers.set_margin_model, arguments, named)))

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
    def margin_interest_rate_model(self) -> Any:
        return self._interest_model

    @margin_interest_rate_model.setter
    def margin_interest_rate_model(self, value: Any) -> None:
        self.set_margin_interest_rate_model(value)

    @overload
    def set_margin_interest_rate_model(self, py_object: Any) -> None: ...
    @overload
    def set_margin_interest_rate_model(self, margin_interest_rate_model: Any) -> None: ...
    def set_margin_interest_rate_model(self, *arguments: Any, **named: Any) -> None:
        self._interest_model = _only(bound(ModelMembers.set_margin_interest_rate_model, arguments, named))
        # The hourly scan asks all securities only if one of them has such a model.
        self._state.extra["interest_models"] = True

    @property
    def data_filter(self) -> Any:
        return self._data_filter

    @data_filter.setter
    def data_filter(self, value: Any) -> None:
        self._data_filter = value

    @overload
    def set_data_filter(self, py_object: Any) -> None: ...
    @overload
    def set_data_filter(self, data_filter: Any) -> None: ...
    def set_data_filter(self, *arguments: Any, **named: Any) -> None:
        self._data_filter = _only(bound(ModelMembers.set_data_filter, arguments, named))

    @property
    def price_variation_model(self) -> Any:
        return self._price_variation_model

    @price_variation_model.setter
    def price_variation_model(self, value: Any) -> None:
        self._price_variation_model = value

    @property
    def shortable_provider(self) -> Any:
        return self._shortable_provider

    @overload
    def set_shortable_provider(self, py_object: Any) -> None: ...
    @overload
    def set_shortable_provider(self, shortable_provider: Any) -> None: ...
    def set_shortable_provider(self, *arguments: Any, **named: Any) -> None:
        self._shortable_provider = _only(bound(ModelMembers.set_shortable_provider, arguments, named))


def _only(given: dict[str, Any]) -> Any:
    (value,) = given.values()
    return value
