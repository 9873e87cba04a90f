"""Puts the parts of an algorithm together."""

from __future__ import annotations

import shutil
import weakref
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from lean_stubs.algorithm import framework
from lean_stubs.algorithm.settings import AlgorithmSettings
from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.data.feed import DataFeed
from lean_stubs.data.history_provider import HistoryProvider
from lean_stubs.data.subscription_manager import SubscriptionManager
from lean_stubs.engine.current import context
from lean_stubs.results.handler import ResultHandler
from lean_stubs.results.trade_builder import TradeBuilder
from lean_stubs.results.trades import FillGroupingMethod, FillMatchingMethod
from lean_stubs.scheduling.date_rules import DateRules
from lean_stubs.scheduling.schedule import ScheduleManager
from lean_stubs.scheduling.time_rules import TimeRules
from lean_stubs.securities import wiring as money
from lean_stubs.storage.object_store import ObjectStore
from lean_stubs.time.zones import NEW_YORK
from lean_stubs.universe.manager import UniverseManager
from lean_stubs.universe.models import NullUniverseSelectionModel
from lean_stubs.universe.settings import UniverseSettings

__all__ = ["build_state"]

#: LEAN's default start.
_START = datetime(1998, 1, 1)


def build_state() -> AlgorithmState:
    """State of a new algorithm in the current run."""
    run = context()
    state = AlgorithmState(utc=NEW_YORK.to_utc(_START), time_zone=NEW_YORK)
    state.data, state.parameters = run.data, dict(run.parameters)
    state.log_sink = run.log_sink
    state.market_hours = run.data.hours()
    now = datetime.now()
    state.end_date = datetime(now.year, now.month, now.day) - timedelta(microseconds=1)
    state.settings, state.universe_settings = AlgorithmSettings(), UniverseSettings._plain()
    state.subscription_manager = SubscriptionManager(state)
    state.universe_manager = UniverseManager(state)
    state.universe_selection = NullUniverseSelectionModel()
    state.schedule, state.date_rules, state.time_rules = ScheduleManager(state), DateRules(state), TimeRules(state)
    money.attach(state)
    state.trade_builder = TradeBuilder(FillGroupingMethod.FILL_TO_FILL, FillMatchingMethod.FIFO)
    state.feed = DataFeed(state)
    state.history_provider = HistoryProvider(state)
    framework.attach(state)
    folder = run.object_store or Path(mkdtemp(prefix="lean-stubs-store-"))
    state.object_store = ObjectStore(folder)
    if run.object_store is None:
        weakref.finalize(state.object_store, shutil.rmtree, folder, ignore_errors=True)
    state.results = ResultHandler(state)
    return state
