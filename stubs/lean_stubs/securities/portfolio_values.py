"""What cash and positions are worth together (LEAN: SecurityPortfolioManager)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.common import Symbol
from lean_stubs.securities.account import Account
from lean_stubs.securities.buying_power import PLAIN_MARGIN
from lean_stubs.securities.buying_power_questions import used_margin
from lean_stubs.securities.cash import CashBook
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["PortfolioValues"]


class PortfolioValues:
    """Mixin of SecurityPortfolioManager. The total is counted once between changes of prices or fills."""

    _state: Account
    _known: Decimal | None
    _known_margin: Decimal | None
    _held: dict[Symbol, Any]
    _cash_book: CashBook
    _unsettled: CashBook

    def _invalidate(self) -> None:
        self._known = self._known_margin = None

    def _note_position(self, security: Any) -> None:
        if security._holdings._position.quantity:
            self._held[security._symbol] = security
        else:
            self._held.pop(security._symbol, None)
        self._invalidate()

    def _positions(self) -> list[Any]:
        """Securities with shares, removed ones left out."""
        current = self._state.securities._current
        return [security for symbol, security in self._held.items() if symbol in current]

    def _total(self) -> Decimal:
        known = self._known
        if known is None:
            value = ZERO
            for security in self._positions():
                position = security._holdings._position
                if position.invested:
                    value += security._prices.exact * position.quantity
            known = self._known = self._cash_book._total() + self._unsettled._total() + value
        return known

    def _margin_used(self) -> Decimal:
        """Counted once between changes, unless a model's margin depends on more than price and quantity."""
        used = self._known_margin
        if used is not None:
            return used
        used, plain = ZERO, True
        for security in self._positions():
            model = security._buying_power_model
            if type(model) in PLAIN_MARGIN:
                used += abs(security._prices.exact * security._holdings._position.quantity) * model._maintenance
            else:
                plain = False
                used += used_margin(security)
        if plain:
            self._known_margin = used
        return used

    def _margin_left_of(self, total: Decimal) -> Decimal:
        return total - self._unsettled._total() - self._margin_used()

    def _margin_remaining(self) -> Decimal:
        return self._margin_left_of(self._total())

    # What Python sees.

    @property
    def securities(self) -> Any:
        return self._state.securities

    @property
    def transactions(self) -> Any:
        return self._state.transactions

    @property
    def cash_book(self) -> CashBook:
        return self._cash_book

    @property
    def unsettled_cash_book(self) -> CashBook:
        return self._unsettled

    @property
    def cash(self) -> float:
        return float(self._cash_book._total())

    @property
    def unsettled_cash(self) -> float:
        return float(self._unsettled._total())

    @property
    def total_portfolio_value(self) -> float:
        return float(self._total())

    @property
    def total_portfolio_value_less_free_buffer(self) -> float:
        return float(self._total_less_buffer())

    def _total_less_buffer(self) -> Decimal:
        settings, total = self._state.settings, self._total()
        if settings.free_portfolio_value is not None:
            return total - to_decimal(settings.free_portfolio_value)
        return total - total * to_decimal(settings.free_portfolio_value_percentage)

    @property
    def total_holdings_value(self) -> float:
        return float(sum((abs(s._holdings._value) for s in self._positions()), ZERO))

    @property
    def total_unrealized_profit(self) -> float:
        return float(sum((s._holdings._close_profit() for s in self._positions()), ZERO))

    total_unrealised_profit = total_unrealized_profit

    @property
    def total_absolute_holdings_cost(self) -> float:
        return sum((s.holdings.absolute_holdings_cost for s in self._positions()), 0.0)

    @property
    def total_unlevered_absolute_holdings_cost(self) -> float:
        return sum((s.holdings.unlevered_absolute_holdings_cost for s in self._positions()), 0.0)

    def _sum(self, attribute: str) -> Decimal:
        return sum((getattr(s._holdings._position, attribute) for s in self._state.securities.total), ZERO)

    @property
    def total_fees(self) -> float:
        return float(self._sum("fees"))

    @property
    def total_profit(self) -> float:
        return float(self._sum("profit") + self._sum("dividends"))

    @property
    def total_net_profit(self) -> float:
        return float(self._sum("profit") + self._sum("dividends") - self._sum("fees"))

    @property
    def total_sale_volume(self) -> float:
        return float(self._sum("sales"))

    @property
    def total_margin_used(self) -> float:
        return float(self._margin_used())

    @property
    def margin_remaining(self) -> float:
        return float(self._margin_remaining())

    @property
    def invested(self) -> bool:
        return any(s._holdings._position.invested for s in self._positions())

    hold_stock = invested
