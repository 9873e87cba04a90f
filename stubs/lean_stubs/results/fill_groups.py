"""Which fills make one trade (LEAN: TradeBuilder, FillGroupingMethod)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lean_stubs.orders.event import OrderEvent
from lean_stubs.results.price_swings import PriceSwings
from lean_stubs.results.trades import Trade, TradeDirection
from lean_stubs.securities.decimals import ZERO, round_half_even, sign

__all__ = ["GROUPINGS", "FillGroups"]


class FillGroups:
    """What is open, by symbol, and what is closed."""

    def __init__(self, last_first: bool) -> None:
        self._place = -1 if last_first else 0
        self.open: dict[Any, Any] = {}
        self.closed: list[Trade] = []

    def add(self, fill: OrderEvent, fee: Decimal, worth: Decimal) -> None:
        """Take a fill; `worth` is what one unit of its price means in the account's currency."""
        raise NotImplementedError

    def follow(self, symbol: Any, price: Decimal) -> None:
        """Take a price; trades of several fills keep no count of it in LEAN either."""

    def follow_updates(self, updates: Iterable[tuple[Any, Any]]) -> None:
        """The same for all securities of a time step."""

    def rescale(self, symbol: Any, factor: Decimal) -> None:
        raise NotImplementedError


class _Pending:
    """An open trade with its highest price and its deepest fall so far, prices times the sign of the position."""

    __slots__ = ("fall", "peak", "trade")

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.peak = trade._entry * trade._sign
        self.fall = ZERO


class _Position:
    """Open trades of one symbol, all of one direction; their extremes count from when the position was opened."""

    __slots__ = ("high", "low", "pending", "sign", "swings")

    def __init__(self, trade: Trade) -> None:
        self.pending = [_Pending(trade)]
        self.sign = trade._sign
        self.high = self.low = trade._entry * trade._sign
        self.swings: PriceSwings | None = None

    def follow(self, price: Decimal) -> None:
        signed = price if self.sign > 0 else -price
        if self.swings is None:
            self.swings = PriceSwings(signed)
        else:
            self.swings.add(signed)

    def settle(self) -> None:
        """Tell the trades of the prices since the last time."""
        seen, self.swings = self.swings, None
        if seen is None:
            return
        self.high, self.low = max(self.high, seen.high), min(self.low, seen.low)
        for pending in self.pending:
            pending.fall = max(pending.fall, pending.peak - seen.low, seen.fall)
            pending.peak = max(pending.peak, seen.high)

    def close(self, pending: _Pending, trade: Trade, fill: OrderEvent, fee: Decimal, worth: Decimal) -> Trade:
        """Close `trade`, which is that of `pending` or a part of it."""
        trade._exit_time, trade._exit = fill._time, fill._price
        entry, scale = trade._entry * self.sign, trade._quantity * worth
        trade._profit = round_half_even((trade._exit * self.sign - entry) * scale, 2)
        trade._worst = round_half_even((self.low - entry) * scale, 2)
        trade._best = round_half_even((self.high - entry) * scale, 2)
        trade._given_back = round_half_even(pending.fall * scale, 2)
        trade._fees += fee
        trade._orders.append(fill._order_id)
        return trade._done()


class FillToFill(FillGroups):
    """A fill opens a trade, or closes open ones one after the other."""

    open: dict[Any, _Position]

    def follow(self, symbol: Any, price: Decimal) -> None:
        position = self.open.get(symbol)
        if position is not None:
            position.follow(price)

    def follow_updates(self, updates: Iterable[tuple[Any, Any]]) -> None:
        find = self.open.get
        for security, _ in updates:
            position = find(security._symbol)
            if position is not None:
                position.follow(security._prices.exact)

    def add(self, fill: OrderEvent, fee: Decimal, worth: Decimal) -> None:
        position, rest = self.open.get(fill._symbol), abs(fill._fill_shares)
        if position is None:
            self.open[fill._symbol] = _Position(Trade._opened(fill, rest, fee))
            return
        position.follow(fill._price)
        position.settle()
        if position.sign == sign(fill._fill_shares):
            position.pending.append(_Pending(Trade._opened(fill, rest, fee)))
            return
        while position.pending and rest > 0:
            pending = position.pending[self._place]
            trade = pending.trade
            if rest >= trade._quantity:
                rest -= trade._quantity
                position.pending.pop(self._place)
            else:
                part = trade._part(rest)
                trade._quantity -= rest
                trade._fees = ZERO
                trade, rest = part, ZERO
            self.closed.append(position.close(pending, trade, fill, fee, worth))
            fee = ZERO
        if not position.pending:
            del self.open[fill._symbol]
        if rest > 0:
            # Turned around; the order's fee went to what it closed.
            self.open[fill._symbol] = _Position(Trade._opened(fill, rest, ZERO))

    def rescale(self, symbol: Any, factor: Decimal) -> None:
        position = self.open.get(symbol)
        if position is None:
            return
        position.settle()
        position.high, position.low = position.high * factor, position.low * factor
        for pending in position.pending:
            pending.peak, pending.fall = pending.peak * factor, pending.fall * factor
            trade = pending.trade
            trade._quantity /= factor
            trade._entry *= factor
            trade._exit *= factor


class _Fills:
    """Fills of one symbol that no trade is closed of yet."""

    __slots__ = ("fees", "pending")

    def __init__(self, fill: OrderEvent, fee: Decimal) -> None:
        self.pending, self.fees = [fill], fee


class _Average:
    """Average price of shares, updated share by share as LEAN does."""

    __slots__ = ("price", "shares")

    def __init__(self) -> None:
        self.price = self.shares = ZERO

    def add(self, price: Decimal, shares: Decimal) -> None:
        self.shares += shares
        self.price += (price - self.price) * shares / self.shares


class _Collected(FillGroups):
    """Trades are made of several fills on each side; their extremes stay zero in LEAN."""

    open: dict[Any, _Fills]

    def add(self, fill: OrderEvent, fee: Decimal, worth: Decimal) -> None:
        fill = fill.clone()
        fills = self.open.get(fill._symbol)
        if fills is None:
            self.open[fill._symbol] = _Fills(fill, fee)
            return
        fills.fees += fee
        if self._leaves(fills, fill):
            self._reduce(fills, fill, worth)
        else:
            fills.pending.append(fill)

    def _leaves(self, fills: _Fills, fill: OrderEvent) -> bool:
        """Whether the fill closes a trade."""
        return sign(fills.pending[0]._fill_shares) != sign(fill._fill_shares)

    def _reduce(self, fills: _Fills, fill: OrderEvent, worth: Decimal) -> None:
        raise NotImplementedError

    def _close(self, fills: _Fills, fill: OrderEvent, entry: _Average, exit_price: Decimal, worth: Decimal, **more: Any) -> None:
        trade = Trade()
        trade._symbols, trade._entry_time, trade._orders = [fill._symbol], more["since"], more["orders"]
        trade._direction = TradeDirection.LONG if entry.shares > 0 else TradeDirection.SHORT
        trade._entry, trade._quantity = entry.price, abs(entry.shares)
        trade._exit_time, trade._exit, trade._fees = fill._time, exit_price, fills.fees
        trade._profit = round_half_even((exit_price - entry.price) * entry.shares * worth, 2)
        self.closed.append(trade._done())

    def rescale(self, symbol: Any, factor: Decimal) -> None:
        fills = self.open.get(symbol)
        for fill in () if fills is None else fills.pending:
            fill._fill_shares /= factor
            fill._price *= factor


class FlatToFlat(_Collected):
    """From no position to no position again."""

    def _leaves(self, fills: _Fills, fill: OrderEvent) -> bool:
        held = sum((f._fill_shares for f in fills.pending), ZERO)
        return super()._leaves(fills, fill) and abs(fill._fill_shares) >= abs(held)

    def _reduce(self, fills: _Fills, fill: OrderEvent, worth: Decimal) -> None:
        since = fills.pending[0]._time
        fills.pending.append(fill)
        rest = sum((f._fill_shares for f in fills.pending), ZERO)
        entry, leave = _Average(), _Average()
        orders: list[int] = []
        while fills.pending:
            part = fills.pending.pop(self._place)
            (leave if sign(part._fill_shares) == sign(fill._fill_shares) else entry).add(part._price, part._fill_shares)
            orders.append(part._order_id)
        self._close(fills, fill, entry, leave.price, worth, since=since, orders=orders)
        del self.open[fill._symbol]
        if rest:
            fill._fill_shares = rest
            self.open[fill._symbol] = _Fills(fill, ZERO)


class FlatToReduced(_Collected):
    """From no position to a smaller one than before."""

    def _reduce(self, fills: _Fills, fill: OrderEvent, worth: Decimal) -> None:
        since, orders = fills.pending[self._place]._time, [fill._order_id]
        entry = _Average()
        rest = -fill._fill_shares
        while fills.pending and rest:
            part = fills.pending[self._place]
            if abs(rest) >= abs(part._fill_shares):
                if self._place:
                    since = part._time
                fills.pending.pop(self._place)
                taken = part._fill_shares
            else:
                taken = rest
                part._fill_shares -= taken
            entry.add(part._price, taken)
            rest -= taken
            orders.append(part._order_id)
        self._close(fills, fill, entry, fill._price, worth, since=since, orders=orders)
        if rest:
            fill._fill_shares = -rest
            fills.pending = [fill]
        fills.fees = ZERO
        if not fills.pending:
            del self.open[fill._symbol]


GROUPINGS: dict[str, type[FillGroups]] = {
    "FILL_TO_FILL": FillToFill,
    "FLAT_TO_FLAT": FlatToFlat,
    "FLAT_TO_REDUCED": FlatToReduced,
}
