"""Time, cash, parameters and the parts of an algorithm (LEAN: Algorithm/QCAlgorithm.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.arguments import midnight, yesterday
from lean_stubs.algorithm.names import NameMembers
from lean_stubs.algorithm.setup import SetupMembers
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import cannot, to_int
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.instants import aware_utc, shown
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import AlgorithmMode, AlgorithmStatus, DeploymentTarget
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.securities.decimals import normalize_text, to_decimal
from lean_stubs.time.zones import time_zone as zone_of

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["CoreMembers"]

_LAST_TICK = timedelta(days=1) - timedelta(microseconds=1)


class CoreMembers(NameMembers, SetupMembers):
    _clr: AlgorithmState

    # Time.

    @property
    def time(self) -> datetime:
        """The algorithm's clock: naive, in its own time zone."""
        return shown(self._clr.time)

    @property
    def utc_time(self) -> datetime:
        return aware_utc(self._clr.utc)

    @property
    def time_zone(self) -> Any:
        return self._clr.time_zone

    @property
    def start_date(self) -> datetime:
        return self._clr.start_date

    @property
    def end_date(self) -> datetime | None:
        return self._clr.end_date

    @overload
    def set_start_date(self, year: int, month: int, day: int) -> None: ...
    @overload
    def set_start_date(self, start: datetime) -> None: ...
    def set_start_date(self, *date: Any, **named: Any) -> None:
        """set_start_date(year, month, day) or set_start_date(date)."""
        self._refuse_after_initialize("SetStartDate")
        state = self._clr
        state.start_date = midnight(*bound(CoreMembers.set_start_date, date, named).values())
        state.utc = state.time_zone.to_utc(state.start_date)

    @overload
    def set_end_date(self, year: int, month: int, day: int) -> None: ...
    @overload
    def set_end_date(self, end: datetime) -> None: ...
    def set_end_date(self, *date: Any, **named: Any) -> None:
        """set_end_date(year, month, day) or set_end_date(date): the last day, included."""
        self._refuse_after_initialize("SetEndDate")
        last = midnight(*bound(CoreMembers.set_end_date, date, named).values())
        self._clr.end_date = min(last, yesterday()) + _LAST_TICK

    def set_time_zone(self, time_zone: Any) -> None:
        self._refuse_after_initialize("SetTimeZone")
        state = self._clr
        state.time_zone = zone_of(time_zone)
        state.utc = state.time_zone.to_utc(state.start_date)

    # Money.

    @overload
    def set_cash(self, starting_cash: float) -> None: ...
    @overload
    def set_cash(self, symbol: str, starting_cash: float, conversion_rate: float = 0) -> None: ...
    def set_cash(self, *arguments: Any, **named: Any) -> None:
        """set_cash(amount) or set_cash(currency, amount[, conversion_rate])."""
        if self._clr.locked:
            raise InvalidOperationException("Algorithm.SetCash(): Cannot change cash available after algorithm initialized.")
        given = bound(CoreMembers.set_cash, arguments, named)
        if "symbol" in given:
            # The account's own currency counts as itself (LEAN: Cash.EnsureCurrencyDataFeed).
            own = given["symbol"].upper() == self._clr.portfolio.cash_book.account_currency
            given["conversion_rate"] = 1 if own else given.get("conversion_rate", 0)
        self._clr.portfolio.set_cash(*given.values())

    @property
    def account_currency(self) -> str:
        return self._clr.portfolio.cash_book.account_currency  # type: ignore[no-any-return]

    def set_account_currency(self, account_currency: str, starting_cash: float | None = None) -> None:
        """Before any security is added; only securities of that currency can be, for there are no exchange rates."""
        state = self._clr
        if state.locked:
            raise InvalidOperationException(
                "Algorithm.SetAccountCurrency(): Cannot change AccountCurrency after algorithm initialized."
            )
        amount = "" if starting_cash is None else f", with a starting cash of {normalize_text(to_decimal(starting_cash))}"
        state.debug(f"Changing account currency from {self.account_currency} to {account_currency}{amount}...")
        state.portfolio.set_account_currency(account_currency, starting_cash)

    # Parameters.

    def get_parameter(self, name: str, default_value: Any = None) -> Any:
        """Text of a parameter, converted to the type of an int or float default."""
        text = self._clr.parameters.get(name)
        if text is None:
            return default_value
        if isinstance(default_value, bool) or default_value is None or isinstance(default_value, str):
            return text
        for kind in (int, float):
            if isinstance(default_value, kind):
                try:
                    return kind(text)
                except ValueError:
                    return default_value
        return text

    def get_parameters(self) -> dict[str, str]:
        return dict(self._clr.parameters)

    def set_parameters(self, parameters: dict[str, str]) -> None:
        self._clr.parameters = dict(parameters)

    @property
    def algorithm_id(self) -> str:
        return self._clr.algorithm_id or type(self._clr.user).__name__

    @property
    def project_id(self) -> int:
        return int(self._clr.extra.get("project_id", 0))

    @project_id.setter
    def project_id(self, value: int) -> None:
        self._clr.extra["project_id"] = to_int(value)

    @property
    def status(self) -> Any:
        return self._clr.status

    @status.setter
    def status(self, value: Any) -> None:
        if not isinstance(value, AlgorithmStatus):
            raise cannot(value, "QuantConnect.AlgorithmStatus")
        self._clr.status = to_pascal(str(value))

    @property
    def live_mode(self) -> bool:
        return self._clr.live_mode

    @property
    def algorithm_mode(self) -> AlgorithmMode:
        return AlgorithmMode.BACKTESTING

    @property
    def deployment_target(self) -> DeploymentTarget:
        return DeploymentTarget.LOCAL_PLATFORM

    # Parts.

    @property
    def settings(self) -> Any:
        return self._clr.settings

    @property
    def securities(self) -> Any:
        return self._clr.securities

    @securities.setter
    def securities(self, value: Any) -> None:
        if not isinstance(value, type(self._clr.securities)):
            raise cannot(value, "QuantConnect.Securities.SecurityManager")
        self._clr.securities = value

    @property
    def portfolio(self) -> Any:
        return self._clr.portfolio

    @portfolio.setter
    def portfolio(self, value: Any) -> None:
        if not isinstance(value, type(self._clr.portfolio)):
            raise cannot(value, "QuantConnect.Securities.SecurityPortfolioManager")
        self._clr.portfolio = value

    @property
    def transactions(self) -> Any:
        return self._clr.transactions

    @transactions.setter
    def transactions(self, value: Any) -> None:
        if not isinstance(value, type(self._clr.transactions)):
            raise cannot(value, "QuantConnect.Securities.SecurityTransactionManager")
        self._clr.transactions = value

    @property
    def object_store(self) -> Any:
        return self._clr.object_store

    @property
    def subscription_manager(self) -> Any:
        return self._clr.subscription_manager

    @subscription_manager.setter
    def subscription_manager(self, value: Any) -> None:
        if not isinstance(value, type(self._clr.subscription_manager)):
            raise cannot(value, "QuantConnect.Data.SubscriptionManager")
        self._clr.subscription_manager = value

    @property
    def current_slice(self) -> Any:
        return self._clr.current_slice

    @property
    def market_hours_database(self) -> Any:
        return self._clr.market_hours

    @property
    def history_provider(self) -> Any:
        return self._clr.history_provider

    @history_provider.setter
    def history_provider(self, value: Any) -> None:
        if not isinstance(value, type(self._clr.history_provider)):
            raise cannot(value, "QuantConnect.Interfaces.IHistoryProvider")
        self._clr.history_provider = value

    @property
    def benchmark(self) -> Any:
        return self._clr.benchmark

    @property
    def run_time_error(self) -> BaseException | None:
        return self._clr.run_error

    @run_time_error.setter
    def run_time_error(self, value: BaseException | None) -> None:
        self._clr.run_error = value

    def get_locked(self) -> bool:
        return self._clr.locked

    def quit(self, message: str = "") -> None:
        """Stop after this time step."""
        self._clr.debug("Quit(): " + message)
        self._clr.quit_message = message
        self._clr.status = "Quit"

    def symbol(self, ticker: str) -> Symbol:
        return SymbolCache.get_symbol(ticker)

    def ticker(self, symbol: Any) -> str:
        return SymbolCache.get_ticker(to_symbol(symbol))

    def is_market_open(self, symbol: Any) -> bool:
        state, wanted = self._clr, to_symbol(symbol)
        hours = state.market_hours.get_exchange_hours(wanted.id.market, wanted, wanted.security_type)
        security = state.securities._find(wanted)
        extended = security is not None and any(c.extended_market_hours for c in state.subscription_manager._configs_of(wanted))
        return bool(hours.is_open(hours._from_utc(state.utc), extended))
