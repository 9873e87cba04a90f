"""How models and their parts work together in a run (seen facts of lean-composition)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    Market,
    PortfolioConstructionModel,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
    RiskManagementModel,
    ScheduledUniverse,
    SecurityType,
    Symbol,
    TradeBarConsolidator,
    UniverseSelectionModel,
)
from lean_stubs.testing import FakeData, run_algorithm

UP, DOWN = InsightDirection.UP, InsightDirection.DOWN


@pytest.fixture(scope="module")
def data():
    return FakeData("2019-05-01", "2019-07-12").trend("A", "B", "C").flat("SPY")


def run(data, prepare, end=(2019, 6, 14), **hooks):
    class Algorithm(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(*end)
            self.seen = []
            prepare(self)

    return run_algorithm(type("Run", (Algorithm,), hooks), data).check().algorithm


def add(algorithm, *tickers, resolution=Resolution.DAILY, **options):
    return [algorithm.add_equity(t, resolution, **options).symbol for t in tickers]


class Views(AlphaModel):
    """Insights by day of June: (ticker, direction, days)."""

    def __init__(self, name, views):
        super().__init__()
        self.name, self.views = name, views

    def update(self, algorithm, data):
        if not data.bars.count:
            return []
        return [Insight.price(t, timedelta(n), d) for t, d, n in self.views.get(algorithm.time.day, ())]


class Percents(PortfolioConstructionModel):
    """Keeps what it was given and by which insights it targets."""

    def __init__(self, rebalance=None):
        super().__init__()
        self.given, self.by = [], {}
        if rebalance is not None:
            self.set_rebalancing_func(rebalance)

    def create_targets(self, algorithm, insights):
        self.given.append([(i.source_model, i.symbol.value) for i in insights])
        return super().create_targets(algorithm, insights)

    def determine_target_percent(self, active_insights):
        self.by[self.algorithm.time.day] = [(i.source_model, i.symbol.value, int(i.direction)) for i in active_insights]
        return {i: 0.1 * int(i.direction) for i in active_insights}


def test_several_alphas_their_order_and_who_speaks_for_a_symbol(data):
    model = Percents()

    def prepare(algorithm):
        add(algorithm, "A", "B")
        algorithm.set_alpha(Views("first", {3: [("B", UP, 9), ("A", UP, 9)], 5: [("A", DOWN, 1)]}))
        algorithm.add_alpha(Views("second", {3: [("A", DOWN, 2)]}))
        algorithm.set_portfolio_construction(model)

    algorithm = run(data, prepare)
    # By model, then as each model gave them.
    assert model.given[0] == [("first", "B"), ("first", "A"), ("second", "A")]
    # On a tie the model that was added last; a newer view of any model overrules; when it ends the older one speaks again.
    a = {day: next(i for i in found if i[1] == "A") for day, found in model.by.items()}
    assert (a[3], a[5], a[6], a[7]) == (
        ("second", "A", -1),
        ("first", "A", -1),
        ("first", "A", -1),
        ("first", "A", 1),
    )
    active = algorithm.insights.get_active_insights(datetime(2019, 6, 5, 20))
    # By symbol, inside a symbol as they were stored.
    assert [i.symbol.value for i in active] == ["B", "A"]


def test_both_models_of_a_composite_hear_of_changes_in_order(data):
    heard = []

    class Hears(Views):
        def on_securities_changed(self, algorithm, changes):
            heard.append((self.name, [s.symbol.value for s in changes.added_securities]))

    def prepare(algorithm):
        add(algorithm, "B", "A")
        algorithm.add_alpha(Hears("one", {}))
        algorithm.add_alpha(Hears("two", {}))

    run(data, prepare)
    assert heard == [("one", ["A", "B"]), ("two", ["A", "B"])]


def test_an_inner_models_own_calendar_swallows_a_change(data):
    """Delegating by create_targets: the inner model that is chosen later answers with nothing."""
    answers = {}

    class Delegates(PortfolioConstructionModel):
        def __init__(self):
            super().__init__()
            self.inner = [EqualWeightingPortfolioConstructionModel(timedelta(14)) for _ in range(2)]

        def create_targets(self, algorithm, insights):
            targets = self.inner[algorithm.time.day >= 6].create_targets(algorithm, insights)
            answers[algorithm.time.day] = len(targets)
            return targets

    def prepare(algorithm):
        add(algorithm, "A")
        algorithm.set_alpha(Views("a", {3: [("A", UP, 30)]}))
        algorithm.set_portfolio_construction(Delegates())

    run(data, prepare)
    assert answers == {3: 1, 4: 0, 5: 0, 6: 0, 7: 0, 10: 0, 11: 0, 12: 0, 13: 0, 14: 0}


def test_refreshing_the_calendar_keeps_the_own_schedule(data):
    class Refreshes(Percents):
        def is_rebalance_due(self, insights, utc):
            due = super().is_rebalance_due(insights, utc)
            if not due and self.algorithm.time.day == 6:
                self.refresh_rebalance(utc)
                return True
            return due

    model = Refreshes(timedelta(5))

    def prepare(algorithm):
        add(algorithm, "A")
        algorithm.set_alpha(Views("a", {3: [("A", UP, 30)]}))
        algorithm.set_portfolio_construction(model)

    run(data, prepare)
    # New insight on the 3rd, forced on the 6th, then five days on.
    assert sorted(model.by) == [3, 6, 11]


def test_a_risk_model_hears_this_steps_targets_only_and_the_next_one_what_it_left(data):
    asked = []

    class Risk(RiskManagementModel):
        def __init__(self, name, keep):
            super().__init__()
            self.label, self.keep = name, keep

        def manage_risk(self, algorithm, targets):
            asked.append((algorithm.time.day, self.label, [t.quantity for t in targets]))
            return (PortfolioTarget(t.symbol, int(t.quantity * self.keep)) for t in targets)

    def prepare(algorithm):
        add(algorithm, "A")
        algorithm.set_alpha(Views("a", {3: [("A", UP, 30)]}))
        algorithm.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(timedelta(7)))
        algorithm.add_risk_management(Risk("halves", 0.5))
        algorithm.add_risk_management(Risk("thirds", 1 / 3))

    run(data, prepare)
    (first, halves, (whole,)), (_, thirds, (half,)) = asked[:2]
    assert (first, halves, thirds, half) == (3, "halves", "thirds", int(whole * 0.5))
    assert asked[2:4] == [(4, "halves", []), (4, "thirds", [])]


def test_cancelling_in_a_risk_model_sells_and_the_portfolio_model_says_zero_once(data):
    targets = []

    class Model(EqualWeightingPortfolioConstructionModel):
        def create_targets(self, algorithm, insights):
            made = list(super().create_targets(algorithm, insights))
            targets.append((algorithm.time.day, [t.quantity for t in made]))
            return made

    class Exit(RiskManagementModel):
        def manage_risk(self, algorithm, targets):
            if algorithm.time.day != 6:
                return []
            algorithm.insights.cancel([algorithm.symbol("A")])
            return [PortfolioTarget(algorithm.symbol("A"), 0)]

    def prepare(algorithm):
        add(algorithm, "A")
        algorithm.set_alpha(Views("a", {3: [("A", UP, 30)]}))
        algorithm.set_portfolio_construction(Model())
        algorithm.set_risk_management(Exit())

    algorithm = run(data, prepare)
    assert [day for day, made in targets if made == [0]] == [7]
    assert not algorithm.portfolio.invested


def selector(members):
    return lambda utc: [Symbol.create(t, SecurityType.EQUITY, Market.USA) for t in members(utc.day)]


def test_a_python_selection_model_may_return_a_scheduled_universe(data):
    class Scheduled(UniverseSelectionModel):
        def create_universes(self, algorithm):
            choose = selector(lambda day: ["A", "B"] if day < 6 else ["A"])
            rules = algorithm.date_rules.every_day("SPY"), algorithm.time_rules.at(9, 0)
            return [ScheduledUniverse(*rules, choose, algorithm.universe_settings)]

    def prepare(algorithm):
        algorithm.universe_settings.resolution = Resolution.DAILY
        algorithm.set_universe_selection(Scheduled())
        algorithm.texts = set()

    def on_securities_changed(self, changes):
        added = [(s.symbol.value, s.price) for s in changes.added_securities]
        frame = self.history([s.symbol for s in changes.added_securities], 1, Resolution.DAILY) if added else None
        last = None if frame is None else frame.index[-1][1].to_pydatetime()
        self.seen.append((self.time, added, [s.symbol.value for s in changes.removed_securities], last))

    def on_data(self, data):
        self.texts |= {str(k) for k in data.keys()}  # noqa: SIM118

    algorithm = run(data, prepare, on_securities_changed=on_securities_changed, on_data=on_data)
    # Told at 09:00 with no price, history ends with yesterday's bar.
    assert algorithm.seen == [
        (datetime(2019, 6, 3, 9), [("A", 0.0), ("B", 0.0)], [], datetime(2019, 5, 31, 16)),
        (datetime(2019, 6, 6, 9), [], ["B"], None),
    ]
    # A symbol that came by Symbol.create shows as its id.
    assert all(text.startswith(("A ", "B ")) for text in algorithm.texts)


def test_a_symbol_that_is_still_there_returns_without_a_word_and_one_that_left_is_told_anew(data):
    def prepare(algorithm):
        algorithm.universe_settings.resolution = Resolution.DAILY
        algorithm.wrappers = {}
        choose = selector(lambda day: ["A"] if 6 <= day < 12 else ["A", "B", "C"])
        algorithm.add_universe(ScheduledUniverse(algorithm.date_rules.every_day("SPY"), algorithm.time_rules.at(9, 0), choose))
        (b,) = selector(lambda day: ["B"])(algorithm.time)
        at_noon = algorithm.date_rules.on(2019, 6, 4), algorithm.time_rules.at(12, 0)
        algorithm.schedule.on(*at_noon, lambda: algorithm.market_order(b, 10))

    def on_securities_changed(self, changes):
        self.seen.append((
            self.time.day,
            [s.symbol.value for s in changes.added_securities],
            [s.symbol.value for s in changes.removed_securities],
        ))  # fmt: skip
        for security in changes.added_securities:
            self.wrappers.setdefault(security.symbol.value, []).append(security)

    def on_data(self, data):
        self.seen.append((self.time.day, *(t in [k.value for k in data.bars.keys()] for t in "BC")))  # noqa: SIM118

    algorithm = run(data, prepare, on_securities_changed=on_securities_changed, on_data=on_data)
    changes = [row for row in algorithm.seen if isinstance(row[1], list)]
    # B is held: it is told as removed, stays in the data, and its return is not told.
    assert changes == [(3, ["A", "B", "C"], []), (6, [], ["B", "C"]), (12, ["C"], [])]
    assert (7, True, False) in algorithm.seen
    assert algorithm.wrappers["C"][0] == algorithm.wrappers["C"][1]


def bars_of(data, how, resolution, days=(3, 7), **settings):
    def prepare(algorithm):
        (symbol,) = add(algorithm, "A", resolution=resolution)
        for name, value in settings.items():
            setattr(algorithm.settings, name, value)

        def handle(bar):
            algorithm.seen.append((algorithm.time, bar.time, bar.end_time, round(bar.close, 6)))

        if how == "span":
            algorithm.consolidate(symbol, timedelta(1), handle)
        elif how == "class":
            consolidator = TradeBarConsolidator(timedelta(1))
            consolidator.data_consolidated += lambda sender, bar: handle(bar)
            algorithm.subscription_manager.add_consolidator(symbol, consolidator)
        else:
            algorithm.consolidate(symbol, Resolution.DAILY, handle)

    return run(data, prepare, end=(2019, 6, days[1])).seen


RESOLUTIONS = [Resolution.MINUTE, Resolution.HOUR, Resolution.DAILY]


@pytest.mark.parametrize("resolution", RESOLUTIONS, ids=str)
def test_daily_bars_come_at_the_close_from_any_subscription(data, resolution):
    found = bars_of(data, "daily", resolution)
    closes = [row[3] for row in bars_of(data, "daily", Resolution.DAILY)]
    assert [(row[0], row[1], row[2]) for row in found] == [
        (datetime(2019, 6, d, 16), datetime(2019, 6, d, 9, 30), datetime(2019, 6, d, 16)) for d in range(3, 8)
    ]
    assert [row[3] for row in found] == pytest.approx(closes, abs=0.01)


@pytest.mark.parametrize("how", ["span", "class"])
def test_bars_of_a_day_by_span_come_at_midnight_and_the_last_one_never(data, how):
    found = bars_of(data, how, Resolution.MINUTE)
    assert [row[:3] for row in found] == [
        (datetime(2019, 6, d + 1), datetime(2019, 6, d), datetime(2019, 6, d + 1)) for d in range(3, 7)
    ]


@pytest.mark.parametrize("resolution", RESOLUTIONS, ids=str)
def test_without_precise_end_times_daily_bars_come_at_midnight(data, resolution):
    found = bars_of(data, "daily", resolution, daily_precise_end_time=False)
    assert found[0][:3] == (datetime(2019, 6, 4), datetime(2019, 6, 3), datetime(2019, 6, 4))
    assert {row[0].hour for row in found} == {0}


def test_all_daily_bars_of_mixed_subscriptions_come_before_the_update_at_the_close(data):
    class Watches(AlphaModel):
        def update(self, algorithm, data):
            if (algorithm.time.hour, algorithm.time.minute) == (16, 0):
                owner[0].seen.append("update")
            return []

    owner = []

    def prepare(algorithm):
        owner.append(algorithm)
        for ticker, resolution in zip(("A", "B", "C"), RESOLUTIONS, strict=True):
            (symbol,) = add(algorithm, ticker, resolution=resolution)
            algorithm.consolidate(symbol, Resolution.DAILY, lambda bar: algorithm.seen.append(bar.symbol.value))
        algorithm.set_alpha(Watches())

    seen = run(data, prepare, end=(2019, 6, 4)).seen
    assert [sorted(seen[i : i + 3]) for i in (0, 4)] == [["A", "B", "C"]] * 2
    assert (seen[3], seen[7]) == ("update", "update")


def test_on_the_last_day_nothing_fires_after_the_last_slice(data):
    def prepare(algorithm):
        add(algorithm, "A")
        for hour, minute in ((16, 0), (16, 1), (23, 59)):
            algorithm.schedule.on(
                algorithm.date_rules.on(2019, 6, 14),
                algorithm.time_rules.at(hour, minute),
                lambda: algorithm.seen.append(algorithm.time),
            )

    assert run(data, prepare).seen == [datetime(2019, 6, 14, 16)]


def test_a_run_stops_when_nothing_is_left():
    crash = FakeData("2019-05-01", "2019-06-28").closes("A", [100.0] * 26 + [1.0] * 30)

    def prepare(algorithm):
        algorithm.set_cash(10_000)
        add(algorithm, "A")

    def on_data(self, data):
        self.seen.append(self.time.day)
        if not self.portfolio.invested:
            self.market_order("A", 190)

    def on_end_of_algorithm(self):
        self.seen.append("end")

    seen = run(crash, prepare, on_data=on_data, on_end_of_algorithm=on_end_of_algorithm).seen
    assert seen[-1] == "end"
    assert len(seen) < 9
