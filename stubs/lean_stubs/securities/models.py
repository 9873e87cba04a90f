"""The lesser models of a security: settlement, portfolio, volatility, interest, data filter, price steps."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import ClrObject

__all__ = [
    "AdjustedPriceVariationModel",
    "EquityDataFilter",
    "EquityPriceVariationModel",
    "GetMinimumPriceVariationParameters",
    "MarginInterestRateModel",
    "MarginInterestRateParameters",
    "SecurityDataFilter",
    "SecurityPortfolioModel",
    "SecurityPriceVariationModel",
    "VolatilityModel",
]


class SecurityPortfolioModel(ClrObject, clr="QuantConnect.Securities"):
    """Books fills; see the room's ``fill_booking``."""


class NullVolatilityModel(ClrObject, clr="QuantConnect.Securities"):
    """No volatility."""

    @property
    def volatility(self) -> float:
        return 0.0


class VolatilityModel(ClrObject, clr="QuantConnect.Securities"):
    """Holds the model that knows no volatility."""

    NULL: Any = NullVolatilityModel()


class MarginInterestRateParameters(ClrObject, clr="QuantConnect.Securities"):
    """The question put to a margin interest rate model."""

    def __init__(self, security: Any, time: Any) -> None:
        self.security, self.time = security, time


class MarginInterestRateModel(ClrObject, clr="QuantConnect.Securities"):
    """No interest."""

    NULL: Any = None


class SecurityDataFilter(ClrObject, clr="QuantConnect.Securities"):
    """Lets every data point pass."""

    def filter(self, vehicle: Any, data: Any) -> bool:
        return True


class EquityDataFilter(SecurityDataFilter, clr="QuantConnect.Securities.Equity"):
    """The default of equities: bad ticks reach the algorithm too."""


class SecurityPriceVariationModel(ClrObject, clr="QuantConnect.Securities"):
    """One step for all prices."""

    def get_minimum_price_variation(self, parameters: Any) -> float:
        return float(parameters.security.symbol_properties.minimum_price_variation)


class EquityPriceVariationModel(SecurityPriceVariationModel, clr="QuantConnect.Securities"):
    """A cent, below a dollar a hundredth of it."""

    def get_minimum_price_variation(self, parameters: Any) -> float:
        return 0.0001 if parameters.reference_price < 1 else 0.01


class AdjustedPriceVariationModel(ClrObject, clr="QuantConnect.Securities"):
    """No step: adjusted prices are no multiples of a cent."""

    def get_minimum_price_variation(self, parameters: Any) -> float:
        return 0.0


class GetMinimumPriceVariationParameters(ClrObject, clr="QuantConnect.Securities"):
    """What a price variation model is asked with."""

    def __init__(self, security: Any, reference_price: float) -> None:
        self._security, self._reference = security, float(reference_price)

    @property
    def security(self) -> Any:
        return self._security

    @property
    def reference_price(self) -> float:
        return self._reference


type.__setattr__(MarginInterestRateModel, "NULL", MarginInterestRateModel())
