"""Securities that come and go while an algorithm runs (LEAN: UniverseSelection, PendingRemovalsManager)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    OrderStatus,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm


class Hourly(FakeData):
    """Data whose benchmark comes every hour, as in LEAN's own folder."""

    benchmark_resolution = Resolution.HOUR


def market() -> FakeData:
    return Hourly("2019-05-01", "2019-07-12").trend("SPY", price=100.0, daily=0.001).flat("QQQ", "IWM")


class Changing(QCAlgorithm):
    """10 to 20 June 2019; `then(day, hour, minute, callback)` schedules."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 20)
        self.set_cash(100_000)
        self.seen: list[Any] = []
        self.spy, self.qqq = (self.add_equity(t, Resolution.DAILY).symbol for t in ("SPY", "QQQ"))
        self.plan()

    def plan(self) -> None:
        """What a subclass does."""

    def then(self, day: int, hour: int, minute: int, callback: Any) -> None:
        self.schedule.on(self.date_rules.on(2019, 6, day), self.time_rules.at(hour, minute), callback)

    def on_securities_changed(self, changes: Any) -> None:
        self.seen.append((
            self.time,
            [s.symbol.value for s in changes.added_securities],
            [s.symbol.value for s in changes.removed_securities],
            [s.price for s in changes.added_securities],
        ))  # fmt: skip


def ran(kind: type) -> Any:
    return run_algorithm(kind, market()).check().algorithm


def at(day: int, hour: int = 16) -> datetime:
    return datetime(2019, 6, day, hour)


def test_a_security_added_by_a_callback_is_told_in_that_step_with_price_zero() -> None:
    class Adds(Changing):
        def plan(self) -> None:
            self.then(12, 12, 0, lambda: self.add_equity("IWM", Resolution.DAILY))

    assert ran(Adds).seen == [(at(10, 0), ["QQQ", "SPY"], [], [0.0, 0.0]), (at(12, 12), ["IWM"], [], [0.0])]


def test_with_seeding_the_last_close_is_there() -> None:
    class Seeds(Changing):
        def plan(self) -> None:
            self.settings.seed_initial_prices = True

    assert ran(Seeds).seen[0][3][0] == 100.0


def test_a_security_that_was_never_held_is_gone_at_once() -> None:
    class Removes(Changing):
        def plan(self) -> None:
            self.held: list[Any] = []
            self.then(12, 12, 0, lambda: self.remove_security(self.qqq))

        def on_data(self, data: Any) -> None:
            self.held.append((
                self.time,
                data.contains_key(self.qqq),
                self.qqq in self.securities.keys(),  # noqa: SIM118
                self.active_securities.contains_key(self.qqq),
                self.securities.contains_key(self.qqq),
                self.securities[self.qqq].price,
            ))  # fmt: skip

    found = ran(Removes)
    assert found.seen[1] == (at(12, 12), [], ["QQQ"], [])
    assert found.held[1][1:5] == (True, True, True, True)
    assert found.held[2] == (at(12), False, False, False, True, 0.0)


def test_a_removed_and_added_security_is_told_anew_with_price_zero() -> None:
    class Returns(Changing):
        def plan(self) -> None:
            self.then(12, 12, 0, lambda: self.remove_security(self.qqq))
            self.then(14, 12, 0, lambda: self.add_equity("QQQ", Resolution.DAILY))

    assert ran(Returns).seen[1:] == [(at(12, 12), [], ["QQQ"], []), (at(14, 12), ["QQQ"], [], [0.0])]


class Long(AlphaModel):
    """Long once on everything that comes."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.known = "Long", set()

    def update(self, algorithm: Any, data: Any) -> list[Any]:
        new = [s for s in data.bars.keys() if s not in self.known]  # noqa: SIM118
        self.known |= set(new)
        return [Insight.price(s, timedelta(30), InsightDirection.UP) for s in new]


def test_a_removed_held_security_is_sold_its_insights_end_and_its_data_stay() -> None:
    class Held(Changing):
        def plan(self) -> None:
            self.events: list[Any] = []
            self.set_alpha(Long())
            owner = self

            class Model(EqualWeightingPortfolioConstructionModel):
                def create_targets(self, algorithm: Any, insights: Any) -> Any:
                    targets = list(super().create_targets(algorithm, insights))
                    owner.events.append((algorithm.time, {t.symbol.value: t.quantity for t in targets}))
                    return targets

            self.set_portfolio_construction(Model())
            self.then(13, 12, 0, self.remove)

        def remove(self) -> None:
            self.remove_security(self.spy)
            (self.left,) = [i for i in self.insights.get_insights() if i.symbol == self.spy]

        def on_order_event(self, order_event: Any) -> None:
            self.events.append((self.time, order_event.symbol.value, order_event.status))

        def on_end_of_algorithm(self) -> None:
            self.last = (self.current_slice.contains_key(self.spy), self.active_securities.contains_key(self.spy))

    found = ran(Held)
    assert (at(13, 12), "SPY", OrderStatus.SUBMITTED) in found.events
    assert (at(13), "SPY", OrderStatus.FILLED) in found.events
    assert found.left.close_time_utc.replace(tzinfo=None) == datetime(2019, 6, 13, 15, 59, 59)
    assert next(targets for time, targets in (e for e in found.events if len(e) == 2) if time == at(13))["SPY"] == 0
    assert found.last == (True, True)


def test_open_orders_of_a_removed_security_are_cancelled() -> None:
    class Open(Changing):
        def plan(self) -> None:
            self.then(12, 11, 0, lambda: self.limit_order(self.qqq, 10, 1.0))
            self.then(12, 12, 0, lambda: self.remove_security(self.qqq))

    (order,) = run_algorithm(Open, market()).check().orders.itertuples()
    assert str(order.status).upper() == "CANCELED"
