"""What the account asks of the run that it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from lean_stubs.algorithm.settings import AlgorithmSettings
    from lean_stubs.orders.transaction_manager import SecurityTransactionManager
    from lean_stubs.securities.manager import SecurityManager
    from lean_stubs.securities.portfolio import SecurityPortfolioManager

__all__ = ["Account"]


class Account(Protocol):
    """The part of the algorithm's state that holdings, margin and cash read."""

    @property
    def utc(self) -> datetime: ...
    @property
    def securities(self) -> SecurityManager: ...
    @property
    def portfolio(self) -> SecurityPortfolioManager: ...
    @property
    def transactions(self) -> SecurityTransactionManager: ...
    @property
    def settings(self) -> AlgorithmSettings: ...
    @property
    def prices_seen(self) -> int: ...
    @property
    def extra(self) -> dict[str, Any]: ...
    def log(self, text: str, kind: str = "log") -> None: ...
    def debug(self, text: str) -> None: ...
    def error(self, text: str) -> None: ...
