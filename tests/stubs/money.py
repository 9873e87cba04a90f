"""An account with one or more priced securities and no engine."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.common import Market, Resolution, SecurityType, Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.securities.security import Equity
from lean_stubs.securities.wiring import attach
from lean_stubs.time.nyse_calendar import nyse_hours
from lean_stubs.time.zones import NEW_YORK

CLOSE = datetime(2019, 6, 10, 20)


class Account:
    """State of an algorithm that trades daily bars."""

    def __init__(self, cash: float = 100_000, resolution: Any = Resolution.DAILY) -> None:
        state = self.state = AlgorithmState(utc=CLOSE, time_zone=NEW_YORK, is_warming_up=False, has_initialized=True)
        state.settings = SimpleNamespace(
            free_portfolio_value=None,
            free_portfolio_value_percentage=0.0025,
            minimum_order_margin_portfolio_percentage=0.001,
            max_absolute_portfolio_target_percentage=1e9,
            min_absolute_portfolio_target_percentage=1e-10,
            liquidate_enabled=True,
            seed_initial_prices=False,
            stale_price_time_span=timedelta(hours=1),
        )
        self.resolution = resolution
        config = SimpleNamespace(
            resolution=resolution, extended_market_hours=False, is_internal_feed=False, data_normalization_mode=None
        )
        state.subscription_manager = SimpleNamespace(_configs_of=lambda symbol: [config])
        state.execution = SimpleNamespace(on_order_event=lambda state, event: None)
        state.trade_builder = SimpleNamespace(process_fill=lambda *given: None)
        state.user = SimpleNamespace()
        attach(state)
        state.portfolio.set_cash(cash)

    def equity(self, ticker: str, price: float | None = None) -> Equity:
        symbol = Symbol.create(ticker, SecurityType.EQUITY, Market.USA)
        security = Equity(self.state, symbol, None, nyse_hours())
        self.state.securities.add(symbol, security)
        if price is not None:
            self.bar(security, price)
        return security

    def bar(
        self, security: Equity, close: float, open: float | None = None, high: float | None = None, low: float | None = None
    ) -> None:
        """A daily bar that ends at the account's time."""
        end = NEW_YORK.from_utc(self.state.utc)
        first = close if open is None else open
        start = end.replace(hour=9, minute=30)
        security._update(
            BarState(
                security.symbol,
                start,
                end,
                first,
                max(first, close) if high is None else high,
                min(first, close) if low is None else low,
                close,
                1000.0,
            )
        )
        self.state.portfolio._invalidate()
