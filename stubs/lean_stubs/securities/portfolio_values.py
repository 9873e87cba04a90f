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
    """Mixin of SecurityPortfolioManager. The total is counted once between changes of prices or fills.

    What each position is worth, and the margin it holds, is kept until prices change: a fill counts its own position anew and
    the sum is taken again over all of them, in the same sequence, so that it has the same digits.
    """

    _state: Account
    _known: Decimal | None
    _known_margin: Decimal | None
    _worths: dict[Symbol, Decimal] | None
    _margins: dict[Symbol, Decimal] | None
    _worths_at: int
    _held: dict[Symbol, Any]
    _cash_book: CashBook
    _unsettled: CashBook

    def _invalidate(self) -> None:
        self._known = self._known_margin = self._worths = None

    def _cash_changed(self) -> None:
        self._known = self._known_margin = None

    def _note_position(self, security: Any) -> None:
        symbol = security._symbol
        if security._holdings._position.quantity:
            self._held[symbol] = security
        else:
            self._held.pop(symbol, None)
        self._known = self._known_margin = None
        if self._worths is None:
            return
        if symbol in self._held and symbol in self._state.securities._current:
            self._count(security)
        else:
            self._worths.pop(symbol, None)
            if self._margins is not None:
                self._margins.pop(symbol, None)

    def _count(self, security: Any) -> None:
        """Note one position's worth and margin; margins are given up when a model's depends on more than price and quantity."""
        assert self._worths is not None
        position, model = security._holdings._position, security._buying_power_model
        worth = security._prices.exact * position.quantity
        self._worths[security._symbol] = worth if position.invested else ZERO
        if type(model) not in PLAIN_MARGIN:
            self._margins = None
        elif self._margins is not None:
            self._margins[security._symbol] = abs(worth) * model._maintenance

    def _counted(self) -> dict[Symbol, Decimal]:
        """Worths at the present prices."""
        if self._worths is None or self._worths_at != self._state.prices_seen:
            self._worths, self._margins, self._worths_at = {}, {}, self._state.prices_seen
            for security in self._positions():
                self._count(security)
        return self._worths

    def _positions(self) -> list[Any]:
        """Securities with shares, removed ones left out."""
        current = self._state.securities._current
        return [security for symbol, security in self._held.items() if symbol in current]

    def _total(self) -> Decimal:
        known = self._known
        if known is None:
            value = sum(self._counted().values(), ZERO)
            known = self._known = self._cash_book._total() + self._unsettled._total() + value
        return known

    def _margin_used(self) -> Decimal:
        """Counted once between changes, unless a model's margin depends on more than price and quantity."""
        used = self._known_margin
        if used is not None:
            return used
        self._counted()
        if self._margins is not None:
            used = self._known_margin = sum(self._margins.values(), ZERO)
            return used
        return sum((self._margin_of(security) for security in self._positions()), ZERO)

    @staticmethod
    def _margin_of(security: Any) -> Decimal:
        model = security._buying_power_model
        if type(model) not in PLAIN_MARGIN:
            return used_margin(security)
        held: Decimal = abs(security._prices.exact * security._holdings._position.quantity) * model._maintenance
        return held

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
