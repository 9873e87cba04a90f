"""What an algorithm sets up once: benchmark, initializers, risk-free rate, trade builder (LEAN: Algorithm/QCAlgorithm.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.arguments import initializer
from lean_stubs.algorithm.benchmark import FuncBenchmark, SecurityBenchmark
from lean_stubs.clr.convert import cannot
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["SetupMembers", "security_benchmark"]


class SetupMembers:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    def _refuse_after_initialize(self, what: str) -> None:
        if self._clr.locked:
            raise InvalidOperationException(f"Algorithm.{what}(): Cannot change after algorithm initialized.")

    @overload
    def set_benchmark(self, benchmark: Any) -> None: ...
    @overload
    def set_benchmark(self, symbol: Symbol | str) -> None: ...
    @overload
    def set_benchmark(self, security_type: SecurityType, symbol: str) -> None: ...
    @overload
    def set_benchmark(self, ticker: str) -> None: ...
    def set_benchmark(self, *arguments: Any, **named: Any) -> None:
        """set_benchmark(ticker | symbol | function), or (security_type, ticker)."""
        self._refuse_after_initialize("SetBenchmark")
        state, given = self._clr, list(bound(SetupMembers.set_benchmark, arguments, named).values())[-1]
        if callable(given) and not isinstance(given, (str, Symbol)):
            state.benchmark = FuncBenchmark(given)
            return
        state.benchmark = security_benchmark(state, given)

    @property
    def enable_automatic_indicator_warm_up(self) -> bool:
        """LEAN's older name of the setting."""
        return bool(self._clr.settings.automatic_indicator_warm_up)

    @enable_automatic_indicator_warm_up.setter
    def enable_automatic_indicator_warm_up(self, value: bool) -> None:
        self._clr.settings.automatic_indicator_warm_up = value

    @property
    def security_initializer(self) -> Any:
        return self._clr.security_initializer

    def set_security_initializer(self, security_initializer: Any) -> None:
        """A function of the new security, or an object with initialize(security)."""
        self._refuse_after_initialize("SetSecurityInitializer")
        self._clr.security_initializer = initializer(security_initializer)

    def add_security_initializer(self, security_initializer: Any) -> None:
        """One more initializer, after those that are set."""
        self._refuse_after_initialize("AddSecurityInitializer")
        before, added = self._clr.security_initializer, initializer(security_initializer)

        def both(security: Any) -> None:
            if before is not None:
                before(security)
            added(security)

        self._clr.security_initializer = both

    def set_risk_free_interest_rate_model(self, model: Any) -> None:
        self._clr.risk_free_interest_rate_model = model

    @property
    def risk_free_interest_rate_model(self) -> Any:
        return self._clr.risk_free_interest_rate_model

    @property
    def trade_builder(self) -> Any:
        return self._clr.trade_builder

    def set_trade_builder(self, trade_builder: Any) -> None:
        """Whose trades the statistics show."""
        if not isinstance(trade_builder, type(self._clr.trade_builder)):
            raise cannot(trade_builder, "QuantConnect.Interfaces.ITradeBuilder")
        self._clr.trade_builder = trade_builder


def security_benchmark(state: AlgorithmState, given: Any) -> SecurityBenchmark:
    """Benchmark of a ticker or symbol, with a security of its own that the algorithm does not see."""
    from lean_stubs.securities.security import Equity

    symbol = given if isinstance(given, Symbol) else SymbolCache._find(given) or Symbol.create(given, SecurityType.EQUITY, "usa")
    hours = state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
    return SecurityBenchmark(Equity(state, symbol, None, hours))
