"""A wanted number of shares (Common/Algorithm/Framework/Portfolio/PortfolioTarget.cs)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import no_match, to_bool, to_decimal, to_optional_string
from lean_stubs.clr.formatting import number_text
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.insights.enums import InsightDirection

__all__ = ["PortfolioTarget"]


class PortfolioTarget(ClrObject, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    """Total shares wanted of one symbol; a direction instead of a number means one share, not a percent."""

    minimum_order_margin_percentage_warning_sent: bool | None = None

    @overload
    def __init__(self, symbol: Symbol | str, quantity: float, tag: str = "") -> None: ...
    @overload
    def __init__(self, symbol: Symbol | str, insight_direction: InsightDirection, tag: str = "") -> None: ...
    def __init__(self, *given: Any, **named: Any) -> None:
        names = ("symbol", "quantity", "tag")
        parts = {"tag": "", **dict(zip(names, given, strict=False)), **named}
        quantity = parts.get("quantity", parts.get("insight_direction"))
        try:
            self._symbol, self._tag = to_symbol(parts.get("symbol")), to_optional_string(parts["tag"])
            self._quantity = float(int(quantity)) if isinstance(quantity, InsightDirection) else to_decimal(quantity)
        except TypeError:
            raise no_match(".ctor", *given, *named.values()) from None

    @property
    def symbol(self) -> Symbol:
        return self._symbol

    @property
    def quantity(self) -> float:
        return self._quantity

    @property
    def tag(self) -> str:
        return self._tag  # type: ignore[return-value]

    @overload
    @staticmethod
    def percent(algorithm: Any, symbol: Symbol | str, percent: float, tag: str) -> PortfolioTarget: ...
    @overload
    @staticmethod
    def percent(
        algorithm: Any, symbol: Symbol | str, percent: float, return_delta_quantity: bool = False, tag: str = ""
    ) -> PortfolioTarget: ...
    @staticmethod
    def percent(algorithm: Any, symbol: Symbol | str, percent: float, *rest: Any, **named: Any) -> PortfolioTarget:
        """Target of a share of the portfolio's value.

        None, after an error message, if the percent is beyond the settings' limits, the symbol unknown or without a price.
        """
        from lean_stubs.securities.target_sizing import percent_quantity

        given = bound(PortfolioTarget.percent, (algorithm, symbol, percent, *rest), named) if rest or named else {}
        try:
            at, share, delta = to_symbol(symbol), to_decimal(percent), to_bool(given.get("return_delta_quantity", False))
        except TypeError:
            raise no_match("percent", algorithm, symbol, percent) from None
        state = state_of(algorithm)
        if PortfolioTarget.minimum_order_margin_percentage_warning_sent is False:
            # An execution model asked for the warning.
            state.extra["minimum_margin_met"] = True
            PortfolioTarget.minimum_order_margin_percentage_warning_sent = True
        quantity = percent_quantity(state, at, share, delta)
        # .NET has null where there is no quantity.
        return None if quantity is None else PortfolioTarget(at, float(quantity), given.get("tag", ""))  # type: ignore[return-value]

    def __str__(self) -> str:
        return f"{self._symbol}: {number_text(self._quantity)}" + (f" ({self._tag})" if self._tag else "")
