"""What the engine calls on the user's algorithm; here nothing happens (LEAN: QCAlgorithm's virtual methods)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.exceptions import NotImplementedException

__all__ = ["Hooks"]


class Hooks:
    """Override points, in the order of their names."""

    def initialize(self) -> None:
        raise NotImplementedException("Please override the Initialize() method")

    def on_brokerage_disconnect(self) -> None:
        """Live only."""

    def on_brokerage_message(self, message_event: Any) -> None:
        """Live only."""

    def on_brokerage_reconnect(self) -> None:
        """Live only."""

    def on_command(self, data: Any) -> bool | None:
        """Live only."""
        return None

    def on_data(self, slice: Any) -> None:
        """New data."""

    def on_delistings(self, delistings: Any) -> None:
        """Warnings of delistings, and delistings."""

    def on_dividends(self, dividends: Any) -> None:
        """Ex-dates."""

    def on_end_of_algorithm(self) -> None:
        """The run is over."""

    def on_end_of_day(self, symbol: Any) -> None:
        """Ten minutes before the close of each security."""

    def on_end_of_time_step(self) -> None:
        """The engine's own."""

    def on_framework_data(self, slice: Any) -> None:
        """The engine's own."""

    def on_framework_securities_changed(self, changes: Any) -> None:
        """The engine's own."""

    def on_margin_call(self, requests: Any) -> Any:
        """Orders about to be made; must return a list that is not empty."""
        return requests

    def on_margin_call_warning(self) -> None:
        """Margin runs out."""

    def on_order_event(self, order_event: Any) -> None:
        """An order's status changed."""

    def on_assignment_order_event(self, assignment_event: Any) -> None:
        """Options only."""

    def on_securities_changed(self, changes: Any) -> None:
        """Securities came or went."""

    def on_splits(self, splits: Any) -> None:
        """Warnings of splits, and splits."""

    def on_symbol_changed_events(self, symbols_changed: Any) -> None:
        """Renames."""

    def on_warmup_finished(self) -> None:
        """Warm-up is over, or there is none."""
