"""Scheduled events that Python makes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from AlgorithmImports import ScheduledEvent

AT = datetime(2020, 1, 6, 15)


def test_an_event_has_one_time_or_several_and_may_call_nothing() -> None:
    called: list[tuple[str, datetime]] = []
    once, twice = ScheduledEvent("once", AT), ScheduledEvent("twice", [AT, AT + timedelta(1)], lambda *given: called.append(given))
    for event in (once, twice):
        event._fire_due(AT + timedelta(2))
    assert called == [("twice", AT), ("twice", AT + timedelta(1))]
    assert once.next_event_utc_time == datetime.max


def test_an_event_wants_a_time() -> None:
    with pytest.raises(TypeError, match="No method matches"):
        ScheduledEvent("never")  # type: ignore[call-overload]
