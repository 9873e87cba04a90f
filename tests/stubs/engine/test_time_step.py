"""The order of things inside a time step, and what ends a run (LEAN: AlgorithmManager)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    ExecutionModel,
    ImmediateExecutionModel,
    Insight,
    InsightDirection,
    NullAlphaModel,
    NullPortfolioConstructionModel,
    NullRiskManagementModel,
    PortfolioConstructionModel,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
    RiskManagementModel,
    TradeBarConsolidator,
)
from lean_stubs.testing import FakeData, run_algorithm

MONDAY = datetime(2019, 6, 10)


def market() -> FakeData:
    return FakeData("2019-05-01", "2019-07-12").trend("SPY", price=100.0, daily=0.001)


def at(day: int, hour: int = 16, minute: int = 0) -> datetime:
    return datetime(2019, 6, day, hour, minute)


class Week(QCAlgorithm):
    """10 to 14 June 2019 on daily SPY; a subclass adds what it watches."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 18)
        self.set_cash(100_000)
        self.seen: list[Any] = []
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.set_up()

    def set_up(self) -> None:
        """What a subclass adds."""

    def note(self, label: str) -> None:
        self.seen.append((label, self.time))

    def on_end_of_algorithm(self) -> None:
        self.ended = True


def ran(kind: type, data: FakeData | None = None) -> Any:
    return run_algorithm(kind, data or market()).check().algorithm


class Long(AlphaModel):
    def __init__(self, days: float = 30) -> None:
        super().__init__()
        self.name, self.days = "Long", days

    def update(self, algorithm: Any, data: Any) -> list[Any]:
        return [Insight.price(s, timedelta(self.days), InsightDirection.UP) for s in data.bars.keys()]  # noqa: SIM118


def test_what_holds_before_anything_is_set() -> None:
    class Fresh(Week):
        def initialize(self) -> None:
            self.start = (self.start_date, self.time, self.is_warming_up, self.live_mode)
            self.models = (self.alpha, self.portfolio_construction, self.risk_management, self.execution)
            super().initialize()
            self.last = self.end_date

    found = ran(Fresh)
    assert found.start == (datetime(1998, 1, 1), datetime(1998, 1, 1), True, False)
    kinds = (NullAlphaModel, NullPortfolioConstructionModel, NullRiskManagementModel, ImmediateExecutionModel)
    assert [type(m).__name__ for m in found.models] == [k.__name__ for k in kinds]
    assert found.last.date() == datetime(2019, 6, 18).date()
    assert (found.last.hour, found.last.minute, found.last.second) == (23, 59, 59)


@pytest.mark.parametrize("given", [None, True, False])
def test_rebalance_settings_reach_the_model_only_when_set(given: bool | None) -> None:
    class Set(Week):
        def set_up(self) -> None:
            self.model = EqualWeightingPortfolioConstructionModel()
            self.model.rebalance_on_insight_changes = False
            self.set_portfolio_construction(self.model)
            if given is not None:
                self.settings.rebalance_portfolio_on_insight_changes = given

    assert ran(Set).model.rebalance_on_insight_changes is bool(given)


def test_without_warm_up_it_is_over_at_the_start_before_the_first_change() -> None:
    class Start(Week):
        def on_warmup_finished(self) -> None:
            self.note("warm")

        def on_securities_changed(self, changes: Any) -> None:
            self.seen.append(("changes", self.time, [s.price for s in changes.added_securities]))

    assert ran(Start).seen == [("warm", MONDAY), ("changes", MONDAY, [0.0])]


def test_past_events_run_before_past_consolidators_and_both_before_the_slice() -> None:
    class Order(Week):
        def set_up(self) -> None:
            self.schedule.on(self.date_rules.on(2019, 6, 12), self.time_rules.at(8, 0), lambda: self.note("08:00"))
            consolidator = TradeBarConsolidator(timedelta(1))
            consolidator.data_consolidated += lambda sender, bar: self.seen.append(("bar", self.time, bar.end_time))
            self.subscription_manager.add_consolidator(self.spy, consolidator)

        def on_data(self, data: Any) -> None:
            self.note("slice")

    found = ran(Order).seen
    i = found.index(("08:00", at(12, 8)))
    assert found[i : i + 3] == [("08:00", at(12, 8)), ("bar", at(12, 0), at(12, 0)), ("slice", at(12))]
    friday = found.index(("bar", at(15, 0), at(15, 0)))
    assert found[friday - 1 : friday + 2] == [("slice", at(14)), ("bar", at(15, 0), at(15, 0)), ("slice", at(17))]


def test_past_events_see_old_prices_and_events_at_the_slices_time_the_new_one() -> None:
    class Prices(Week):
        def set_up(self) -> None:
            self.average = self.sma(self.spy, 2, Resolution.DAILY)
            for hour, minute in ((8, 0), (15, 59), (16, 0)):
                self.schedule.on(self.date_rules.on(2019, 6, 12), self.time_rules.at(hour, minute), self.look)

        def look(self) -> None:
            frame = self.history([self.spy], 2, Resolution.DAILY)
            samples = self.average.samples
            self.seen.append((self.time, self.securities[self.spy].price, frame.index[-1][1].to_pydatetime(), samples))

        def on_data(self, data: Any) -> None:
            self.closes = {**getattr(self, "closes", {}), self.time.day: data.bars[self.spy].close}

    found = ran(Prices)
    early, late, at_close = found.seen
    assert early[1:3] == late[1:3] == (found.closes[11], at(11))
    assert at_close[1:3] == (found.closes[12], at(12))
    assert early[3] == late[3] == at_close[3]


def test_on_sunday_history_ends_with_friday_although_it_is_asked_on_monday() -> None:
    class Sunday(Week):
        def set_up(self) -> None:
            self.schedule.on(self.date_rules.on(2019, 6, 16), self.time_rules.at(8, 0), self.look)

        def look(self) -> None:
            last = self.history([self.spy], 1, Resolution.DAILY).index[-1][1].to_pydatetime()
            self.seen.append((self.time, last))

    assert ran(Sunday).seen == [(at(16, 8), at(14))]


def test_fills_come_before_events_at_their_time_and_before_on_data() -> None:
    class Fills(Week):
        def set_up(self) -> None:
            self.schedule.on(self.date_rules.on(2019, 6, 12), self.time_rules.at(16, 0), lambda: self.note("16:00"))

        def on_data(self, data: Any) -> None:
            self.note("slice")
            if self.time == at(11):
                self.market_order(self.spy, 5)

        def on_order_event(self, order_event: Any) -> None:
            self.note(str(order_event.status))

    found = [label for label, time in ran(Fills).seen if time == at(12)]
    assert found == ["FILLED", "16:00", "slice"]


def test_end_of_day_is_told_ten_minutes_before_each_close() -> None:
    class EndOfDay(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 7, 1)
            self.set_end_date(2019, 7, 5)
            self.seen: list[Any] = []
            self.add_equity("SPY", Resolution.DAILY)

        def on_end_of_day(self, symbol: Any) -> None:
            self.seen.append((self.time.day, self.time.hour, self.time.minute, symbol.value))

    assert ran(EndOfDay).seen == [(1, 15, 50, "SPY"), (2, 15, 50, "SPY"), (3, 12, 50, "SPY"), (5, 15, 50, "SPY")]


def test_models_are_asked_in_order_also_with_nothing_to_say() -> None:
    class Asked(Week):
        def set_up(self) -> None:
            owner = self

            class Alpha(AlphaModel):
                def update(self, algorithm: Any, data: Any) -> list[Any]:
                    owner.note("alpha")
                    return []

                def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
                    owner.note("alpha changes")

            class Portfolio(PortfolioConstructionModel):
                def create_targets(self, algorithm: Any, insights: Any) -> list[Any]:
                    owner.note(f"portfolio {len(insights)}")
                    return []

                def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
                    owner.note("portfolio changes")

            class Risk(RiskManagementModel):
                def manage_risk(self, algorithm: Any, targets: Any) -> list[Any]:
                    owner.note(f"risk {len(targets)}")
                    return []

                def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
                    owner.note("risk changes")

            class Execution(ExecutionModel):
                def execute(self, algorithm: Any, targets: Any) -> None:
                    owner.note(f"execution {len(targets)}")

                def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
                    owner.note("execution changes")

            self.set_alpha(Alpha())
            self.set_portfolio_construction(Portfolio())
            self.set_risk_management(Risk())
            self.set_execution(Execution())

        def on_securities_changed(self, changes: Any) -> None:
            self.note("changes")

    found = ran(Asked).seen
    assert [label for label, time in found if time == MONDAY] == [
        "changes", "alpha changes", "portfolio changes", "execution changes", "risk changes",
    ]  # fmt: skip
    assert [label for label, time in found if time == at(10)] == ["alpha", "portfolio 0", "risk 0", "execution 0"]


def test_risk_overrides_by_symbol_and_each_target_is_written_to_the_holding() -> None:
    class Merge(Week):
        def set_up(self) -> None:
            owner = self

            class Portfolio(PortfolioConstructionModel):
                def create_targets(self, algorithm: Any, insights: Any) -> list[Any]:
                    return [PortfolioTarget(owner.spy, 10), PortfolioTarget(owner.spy, 99)]

            class Risk(RiskManagementModel):
                def manage_risk(self, algorithm: Any, targets: Any) -> list[Any]:
                    owner.seen.append([t.quantity for t in targets])
                    return [PortfolioTarget(owner.spy, 7)] if owner.time == at(11) else []

            class Execution(ExecutionModel):
                def execute(self, algorithm: Any, targets: Any) -> None:
                    owner.seen.append([t.quantity for t in targets])
                    owner.seen.append(owner.portfolio[owner.spy].target.quantity)

                def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
                    """Nothing to prepare."""

            self.set_alpha(Long())
            self.set_portfolio_construction(Portfolio())
            self.set_risk_management(Risk())
            self.set_execution(Execution())

    first, second = ran(Merge).seen[:3], ran(Merge).seen[3:6]
    assert (first[1], second[1], second[2]) == ([10], [7], 7)


def test_emitted_insights_go_through_the_models_at_once() -> None:
    class Emits(Week):
        def set_up(self) -> None:
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())
            self.insights_generated += self.told
            self.set_warm_up(2, Resolution.DAILY)
            self.schedule.on(self.date_rules.every_day(), self.time_rules.at(10, 0), self.emit)

        def emit(self) -> None:
            if self.time.day in (7, 12):
                self.emit_insights([Insight.price(self.spy, timedelta(3), InsightDirection.UP)])
                self.note("after")

        def told(self, algorithm: Any, collection: Any) -> None:
            self.seen.append(("told", len(list(collection.insights)), collection.date_time_utc.tzinfo is not None))

        def on_order_event(self, order_event: Any) -> None:
            self.note(str(order_event.status))

    found = ran(Emits).seen[:5]
    # In warm-up nothing is emitted; on a daily symbol in the open market the order waits for the close.
    assert found == [
        ("after", at(7, 10)), ("told", 1, True), ("SUBMITTED", at(12, 10)), ("after", at(12, 10)), ("FILLED", at(12)),
    ]  # fmt: skip


class _Boom(Exception):
    pass


def _raise(*arguments: Any) -> Any:
    raise _Boom("boom")


class _Bad(Week):
    """Raises in the place that the subclass names."""

    place = ""

    def set_up(self) -> None:
        owner = self
        place = self.place
        if place == "scheduled":
            self.schedule.on(self.date_rules.every_day(), self.time_rules.at(10, 0), _raise)
        if place == "exit":
            self.schedule.on(self.date_rules.every_day(), self.time_rules.at(10, 0), self.leave)
        if place == "train":
            self.train(_raise)
        if place == "consolidator":
            self.consolidate(self.spy, Resolution.DAILY, _raise)
        if place == "insights_generated":
            self.insights_generated += lambda sender, collection: _raise()

        class Alpha(Long):
            def update(self, algorithm: Any, data: Any) -> Any:
                return (_raise() for _ in range(1)) if place == "generator" else super().update(algorithm, data)

        class Portfolio(PortfolioConstructionModel):
            def create_targets(self, algorithm: Any, insights: Any) -> Any:
                return _raise() if place == "create_targets" else super().create_targets(algorithm, insights)

            def determine_target_percent(self, insights: Any) -> Any:
                return _raise() if place == "determine_target_percent" else dict.fromkeys(insights, 0.5)

        class Risk(RiskManagementModel):
            def manage_risk(self, algorithm: Any, targets: Any) -> Any:
                return _raise() if place == "manage_risk" else []

        class Execution(ImmediateExecutionModel):
            def execute(self, algorithm: Any, targets: Any) -> None:
                if place == "execute":
                    _raise()
                super().execute(algorithm, targets)

            def on_order_event(self, algorithm: Any, order_event: Any) -> None:
                owner.seen.append("model told")
                if place == "execution.on_order_event":
                    _raise()

        self.set_alpha(Alpha())
        self.set_portfolio_construction(Portfolio())
        self.set_risk_management(Risk())
        self.set_execution(Execution())

    def leave(self) -> None:
        raise SystemExit

    def on_warmup_finished(self) -> None:
        if self.place == "on_warmup_finished":
            _raise()

    def on_end_of_day(self, symbol: Any) -> None:
        if self.place == "on_end_of_day":
            _raise()

    def on_securities_changed(self, changes: Any) -> None:
        if self.place == "on_securities_changed":
            _raise()

    def on_order_event(self, order_event: Any) -> None:
        self.seen.append("algorithm told")
        if self.place == "on_order_event":
            _raise()

    def on_data(self, data: Any) -> None:
        self.seen.append("slice")
        if self.place == "on_data":
            _raise()


@pytest.mark.parametrize(
    "place",
    [
        "scheduled", "train", "consolidator", "insights_generated", "generator", "create_targets", "determine_target_percent",
        "manage_risk", "execute", "on_warmup_finished", "on_end_of_day", "on_securities_changed", "on_data", "on_order_event",
        "exit",
    ],
)  # fmt: skip
def test_an_exception_ends_the_run_and_the_end_is_not_told(place: str) -> None:
    result = run_algorithm(type("Bad", (_Bad,), {"place": place}), market())
    assert isinstance(result.error, SystemExit if place == "exit" else _Boom)
    assert not hasattr(result.algorithm, "ended")


def test_an_exception_in_the_execution_models_order_event_is_swallowed_and_hides_the_event() -> None:
    result = run_algorithm(type("Swallowed", (_Bad,), {"place": "execution.on_order_event"}), market()).check()
    assert result.algorithm.ended
    assert "model told" in result.algorithm.seen
    assert "algorithm told" not in result.algorithm.seen


def test_after_an_exception_in_on_order_event_the_step_is_finished() -> None:
    found = run_algorithm(type("Finished", (_Bad,), {"place": "on_order_event"}), market()).algorithm.seen
    # Submitted in the first slice: the order stands, the event is told once, no second slice comes.
    assert found.count("slice") == 1
    assert found[-1] == "algorithm told"


def test_an_exception_at_the_end_fails_the_run() -> None:
    class End(Week):
        def on_end_of_algorithm(self) -> None:
            _raise()

    assert isinstance(run_algorithm(End, market()).error, _Boom)


def test_a_utc_algorithm_shifts_slice_times_and_not_bar_times() -> None:
    class Utc(Week):
        def set_up(self) -> None:
            self.set_time_zone("UTC")

        def on_data(self, data: Any) -> None:
            bar = data.bars[self.spy]
            self.seen.append((self.time, data.time, bar.time, bar.end_time))

    # Its start date is a midnight of UTC, so the bar of Friday is long past.
    assert ran(Utc).seen[0] == (at(10, 20), at(10, 20), at(10, 9, 30), at(10))


def test_hourly_slices_of_the_benchmark_have_no_data_but_check_margin_and_fire_events() -> None:
    class Benchmark(Week):
        def set_up(self) -> None:
            self.schedule.on(self.date_rules.on(2019, 6, 12), self.time_rules.at(11, 0), lambda: self.note("11:00"))

        def on_data(self, data: Any) -> None:
            self.note("slice")

    found = ran(Benchmark).seen
    assert ("11:00", at(12, 11)) in found
    assert {time.hour for label, time in found if label == "slice"} == {16}
