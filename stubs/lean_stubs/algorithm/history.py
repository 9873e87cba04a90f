"""History requests."""

from __future__ import annotations


class HistoryMethods:
    pass
