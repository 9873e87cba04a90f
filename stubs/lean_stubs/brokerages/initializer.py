"""Gives a new security the brokerage's models (LEAN: BrokerageModelSecurityInitializer.cs, FuncSecuritySeeder.cs)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import bound
from lean_stubs.clr.overrides import find

__all__ = ["BrokerageModelSecurityInitializer", "FuncSecuritySeeder", "SecuritySeeder", "apply_brokerage"]

_MODELS = ("fill", "fee", "slippage", "settlement", "buying_power", "margin_interest_rate")


def apply_brokerage(model: Any, security: Any) -> None:
    """Set every model of the security; the leverage last."""
    for name in _MODELS:
        setattr(security, f"{name}_model", find(model, f"get_{name}_model")(security))
    security.set_leverage(find(model, "get_leverage")(security))
    security.set_shortable_provider(find(model, "get_shortable_provider")(security))


class FuncSecuritySeeder(ClrObject, clr="QuantConnect.Securities"):
    """Prices a new security with what a function of it gives: a bar, several, or None."""

    def __init__(self, seed_function: Callable[[Any], Any]) -> None:
        self._function = seed_function

    def seed_security(self, security: Any) -> bool:
        given = self._function(security)
        bars = [] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]
        for bar in bars:
            security.set_market_price(bar)
        return bool(bars)


class NullSecuritySeeder(ClrObject, clr="QuantConnect.Securities"):
    """No first price."""

    def seed_security(self, security: Any) -> bool:
        return True


class SecuritySeeder(ClrObject, clr="QuantConnect.Securities"):
    """Holds the seeder that does nothing."""

    NULL: Any = NullSecuritySeeder()


class BrokerageModelSecurityInitializer(ClrObject, clr="QuantConnect.Securities"):
    """Base of users' initializers."""

    _model: Any = None
    _seeder: Any = None

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, brokerage_model: Any, security_seeder: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(BrokerageModelSecurityInitializer.__init__, arguments, named)
        self._model, self._seeder = given.get("brokerage_model"), given.get("security_seeder")

    def initialize(self, security: Any) -> None:
        apply_brokerage(self._model, security)
        if self._seeder is not None:
            find(self._seeder, "seed_security")(security)
