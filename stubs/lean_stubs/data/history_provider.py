"""Past bars (placeholder until the history room is in)."""

from __future__ import annotations

from typing import Any


class HistoryProvider:
    def __init__(self, state: Any) -> None:
        self._state = state

    def last_known_bar(self, symbol: Any) -> Any:
        return None
