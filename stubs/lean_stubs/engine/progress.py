"""Progress of a run on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, TextIO

__all__ = ["Reporter"]

_DAY = 86400.0
_PLAIN_STEPS = 10


class Reporter:
    """Counts simulated days."""

    def __init__(self, name: str, stream: TextIO | None = None) -> None:
        self._name, self._stream = name, stream or sys.stderr
        self._bar: Any = None

    def __call__(self, start: datetime, end: datetime) -> Callable[[datetime], None]:
        days = max(1, round((end - start).total_seconds() / _DAY))
        if not self._stream.isatty():
            return self._plain_step(start, days)
        try:
            from tqdm import tqdm
        except ImportError:
            return self._plain_step(start, days)
        self._bar = tqdm(total=days, unit="day", desc=self._name, file=self._stream)
        return self._bar_step(start)

    def _bar_step(self, start: datetime) -> Callable[[datetime], None]:
        done = 0

        def step(utc: datetime) -> None:
            nonlocal done
            day = (utc - start).days
            if day > done:
                self._bar.update(day - done)
                done = day

        return step

    def _plain_step(self, start: datetime, days: int) -> Callable[[datetime], None]:
        told = 0

        def step(utc: datetime) -> None:
            nonlocal told
            share = (utc - start).days * _PLAIN_STEPS // days
            if share > told:
                told = share
                print(f"{self._name}: {utc:%Y-%m-%d} {100 * share // _PLAIN_STEPS} %", file=self._stream)

        return step

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
