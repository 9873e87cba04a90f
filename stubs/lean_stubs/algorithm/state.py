"""All that one run holds on the .NET side; every wrapper that Python sees reads it from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lean_stubs.time.zones import TimeZone

__all__ = ["AlgorithmState"]


@dataclass(eq=False)
class AlgorithmState:
    """State of one algorithm.

    Rooms fill the parts typed ``Any``; :func:`lean_stubs.engine.wiring.build_state` makes a complete one. Instants are naive
    UTC, start and end dates are naive in the algorithm's time zone.
    """

    utc: datetime
    time_zone: TimeZone
    user: Any = None
    data: Any = None
    market_hours: Any = None
    settings: Any = None
    universe_settings: Any = None
    parameters: dict[str, str] = field(default_factory=dict)

    start_date: datetime = datetime(1998, 1, 1)
    end_date: datetime | None = None
    is_warming_up: bool = True
    live_mode: bool = False
    has_initialized: bool = False
    locked: bool = False
    status: str = "Running"
    run_error: BaseException | None = None
    quit_message: str | None = None
    name: str = ""
    algorithm_id: str = ""
    tags: set[str] = field(default_factory=set)
    warm_up_bars: int | None = None
    warm_up_span: Any = None

    securities: Any = None
    portfolio: Any = None
    transactions: Any = None
    trade_builder: Any = None
    subscription_manager: Any = None
    universe_manager: Any = None
    insights: Any = None
    object_store: Any = None
    schedule: Any = None
    date_rules: Any = None
    time_rules: Any = None
    results: Any = None
    feed: Any = None
    real_time: Any = None
    history_provider: Any = None

    alpha: Any = None
    portfolio_construction: Any = None
    risk_management: Any = None
    execution: Any = None
    universe_selection: Any = None
    brokerage_model: Any = None
    brokerage_message_handler: Any = None
    security_initializer: Any = None
    benchmark: Any = None
    risk_free_interest_rate_model: Any = None

    current_slice: Any = None
    #: Grows with every price that is taken over: what waits for new prices looks at it first.
    prices_seen: int = 0
    charts: dict[str, Any] = field(default_factory=dict)
    runtime_statistics: dict[str, str] = field(default_factory=dict)
    summary_statistics: dict[str, str] = field(default_factory=dict)
    logs: list[tuple[str, datetime, str]] = field(default_factory=list)
    log_sink: Any = None

    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def time(self) -> datetime:
        """The algorithm's clock: naive, in its own time zone."""
        return self.time_zone.from_utc(self.utc)

    def log(self, text: str, kind: str = "log") -> None:
        """Keep a message as LEAN does: debug and error drop a repeated one, all drop an empty one."""
        if not text or not text.strip():
            return
        key = "last_" + kind
        if kind != "log":
            if self.extra.get(key) == text:
                return
            self.extra[key] = text
        at = self.time
        self.logs.append((kind, at, text))
        if self.log_sink is not None:
            self.log_sink(kind, at, text)

    def debug(self, text: str) -> None:
        self.log(text, "debug")

    def error(self, text: str) -> None:
        self.log(text, "error")

    def fail(self, error: BaseException) -> None:
        """A runtime error: the loop stops after the phase that raised it; the first one stays."""
        if self.run_error is None:
            self.run_error = error
        self.status = "RuntimeError"
