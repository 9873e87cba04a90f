"""What becomes of an insight that an alpha model gives (LEAN: QCAlgorithm.InitializeInsights, Insight)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Expiry,
    Insight,
    InsightDirection,
    InsightType,
    InsightWeightingPortfolioConstructionModel,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    Time,
)
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.testing import FakeData, run_algorithm

UP, DOWN, FLAT = InsightDirection.UP, InsightDirection.DOWN, InsightDirection.FLAT
DAY = timedelta(1)


@pytest.fixture(scope="module")
def data():
    # Monday, 24 June to Friday, 12 July 2019: an early close on the 3rd, a holiday on the 4th.
    return FakeData("2019-06-03", "2019-07-12").trend("A", "B")


class Scripted(AlphaModel):
    """Insights by day of the month, each made of A's symbol; keeps what it gave."""

    def __init__(self, script, after=None):
        super().__init__()
        self.name, self.script, self.after, self.given = "scripted", script, after, []

    def update(self, algorithm, data):
        if self.after is not None:
            self.after(self, algorithm)
        make = self.script.get((algorithm.time.month, algorithm.time.day))
        made = make(algorithm.symbol("A")) if make else []
        self.given += made
        return made


class Targets(PortfolioConstructionModel):
    """Ten per cent by direction on every slice; keeps what it asked for."""

    def __init__(self):
        super().__init__()
        self.steps = {}

    def determine_target_percent(self, active_insights):
        return {i: 0.1 * int(i.direction) for i in active_insights}

    def create_targets(self, algorithm, insights):
        targets = list(super().create_targets(algorithm, insights))
        self.steps[algorithm.time.month, algorithm.time.day] = [t.quantity for t in targets]
        return targets


def run(data, model, portfolio=None, first=(2019, 6, 24), prepare=None):
    class Algorithm(QCAlgorithm):
        def initialize(self):
            self.set_start_date(*first)
            self.set_end_date(2019, 7, 9)
            for ticker in ("A", "B"):
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(model)
            if portfolio is not None:
                self.set_portfolio_construction(portfolio)
            if prepare is not None:
                prepare(self)

    return run_algorithm(Algorithm, data)


MONDAY = (6, 24)


def emitted(data, make):
    """The insight that was given on Monday, 24 June at 16:00, after the run."""
    model = Scripted({MONDAY: lambda symbol: [make(symbol)]})
    run(data, model).check()
    return model.given[0]


def closes(insight):
    return insight.close_time_utc.replace(tzinfo=None) - timedelta(hours=4)


RULES = {
    "timedelta": (lambda s: Insight.price(s, DAY, UP), datetime(2019, 6, 25, 16), DAY),
    "bars": (lambda s: Insight.price(s, Resolution.DAILY, 2, UP), datetime(2019, 6, 26, 16), timedelta(2)),
    "hour bars": (lambda s: Insight.price(s, Resolution.HOUR, 2, UP), datetime(2019, 6, 25, 11, 30), timedelta(hours=19.5)),
    "tick bars": (
        lambda s: Insight.price(s, Resolution.TICK, 30, UP),
        datetime(2019, 6, 25, 9, 30, 30),
        timedelta(hours=17.5, seconds=30),
    ),
    "close time": (lambda s: Insight.price(s, datetime(2019, 6, 25, 12), UP), datetime(2019, 6, 25, 12), timedelta(hours=20)),
    "close time when closed": (
        lambda s: Insight.price(s, datetime(2019, 6, 25, 16), UP),
        datetime(2019, 6, 26, 9, 30),
        timedelta(hours=41.5),
    ),
    "function": (
        lambda s: Insight.price(s, lambda t: t + timedelta(2), UP),
        datetime(2019, 6, 27, 9, 30),
        timedelta(days=2, hours=17.5),
    ),
    "end of day": (lambda s: Insight.price(s, Expiry.END_OF_DAY, UP), datetime(2019, 6, 25, 9, 30), timedelta(hours=17.5)),
    "end of week": (lambda s: Insight.price(s, Expiry.END_OF_WEEK, UP), datetime(2019, 7, 1, 9, 30), timedelta(days=6, hours=17.5)),
    "end of month": (
        lambda s: Insight.price(s, Expiry.END_OF_MONTH, UP),
        datetime(2019, 7, 1, 9, 30),
        timedelta(days=6, hours=17.5),
    ),
    "one month": (lambda s: Insight.price(s, Expiry.ONE_MONTH, UP), datetime(2019, 7, 25, 9, 30), timedelta(days=30, hours=17.5)),
    "zero of the constructor": (
        lambda s: Insight(s, timedelta(0), InsightType.PRICE, UP),
        datetime(2019, 6, 25, 9, 30, 1),
        timedelta(seconds=1),
    ),
    "dated constructor": (
        lambda s: Insight(datetime(2018, 1, 2), s, DAY, InsightType.PRICE, UP),
        datetime(2019, 6, 25, 16),
        DAY,
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_close_time_and_period_are_set_when_it_is_emitted(data, rule):
    make, close, period = RULES[rule]
    insight = emitted(data, make)
    assert (closes(insight), insight.period) == (close, period)
    assert insight.generated_time_utc.replace(tzinfo=None) == datetime(2019, 6, 24, 20)


@pytest.mark.parametrize("spelling", ["END_OF_TIME", "end_of_time_time_span"])
def test_never_ends_in_2050(data, spelling):
    never = getattr(Time, spelling)
    if isinstance(never, datetime):
        never = Time.end_of_time_time_span
    assert emitted(data, lambda s: Insight.price(s, never, UP)).close_time_utc.replace(tzinfo=None) == datetime(2050, 12, 31)


def test_before_it_is_emitted_times_are_naive_and_empty_and_afterwards_aware(data):
    before = {}

    def make(symbol):
        insight = Insight.price(symbol, Resolution.DAILY, 2, UP)
        before.update(generated=insight.generated_time_utc, close=insight.close_time_utc, period=insight.period)
        return insight

    insight = emitted(data, make)
    assert before == {"generated": datetime(1, 1, 1), "close": datetime(1, 1, 1), "period": timedelta(0)}
    assert insight.generated_time_utc.utcoffset() == insight.close_time_utc.utcoffset() == timedelta(0)
    assert insight.reference_value == pytest.approx(100 * 1.001**15)


def test_a_source_of_its_own_is_kept_and_an_empty_one_filled(data):
    model = Scripted({MONDAY: lambda s: [Insight.price(s, DAY, UP, source_model="own"), Insight.price(s, DAY, UP)]})
    run(data, model).check()
    assert [i.source_model for i in model.given] == ["own", "scripted"]


def test_a_clone_keeps_id_and_times_and_has_the_period_it_came_to(data):
    insight = emitted(data, lambda s: Insight.price(s, Resolution.DAILY, 2, UP))
    clone = insight.clone()
    same = ("id", "group_id", "generated_time_utc", "close_time_utc", "period", "reference_value", "source_model", "tag")
    assert [getattr(clone, name) for name in same] == [getattr(insight, name) for name in same]
    assert clone != insight


CHANGES = {
    "direction": (lambda i: setattr(i, "direction", DOWN), lambda steps: steps[6, 25][0] < 0),
    "close time": (lambda i: setattr(i, "close_time_utc", datetime(2019, 6, 24, 21)), lambda steps: steps[6, 25] == [0]),
    "cancelled": (lambda i: i.cancel(i.generated_time_utc), lambda steps: steps[6, 25] == [0]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_after_emission_is_what_the_engine_uses(data, change):
    act, holds = CHANGES[change]
    done = []

    def after(model, algorithm):
        if algorithm.time.day == 25 and not done:
            done.append(act(model.given[0]))

    portfolio = Targets()
    run(data, Scripted({MONDAY: lambda s: [Insight.price(s, timedelta(5), UP)]}, after), portfolio).check()
    assert portfolio.steps[6, 24][0] > 0
    assert holds(portfolio.steps)


def test_a_day_from_an_early_close_is_over_before_the_next_close(data):
    portfolio = Targets()
    script = {day: lambda s: [Insight.price(s, DAY, UP)] for day in ((6, 24), (7, 3))}
    run(data, Scripted(script), portfolio).check()
    steps = portfolio.steps
    assert [bool(steps[day]) and steps[day][0] > 0 for day in ((6, 24), (6, 25), (6, 26))] == [True, True, False]
    assert [bool(steps[day]) and steps[day][0] > 0 for day in ((7, 3), (7, 5))] == [True, False]
    assert steps[6, 26] == steps[7, 5] == [0]


def test_a_function_may_look_back_and_the_zero_target_comes_at_once(data):
    portfolio = Targets()
    run(data, Scripted({MONDAY: lambda s: [Insight.price(s, lambda t: t - timedelta(days=3, hours=4), UP)]}), portfolio).check()
    assert portfolio.steps[6, 24] == [0]


def test_a_close_time_of_the_past_ends_the_run(data):
    error = run(data, Scripted({MONDAY: lambda s: [Insight.price(s, datetime(2019, 6, 20, 12), UP)]})).error
    assert type(error) is ArgumentOutOfRangeException


def test_cancelled_in_its_own_step_the_period_is_minus_one_second(data):
    class Cancels(Targets):
        def create_targets(self, algorithm, insights):
            algorithm.insights.cancel([i.symbol for i in insights])
            return super().create_targets(algorithm, insights)

    model = Scripted({MONDAY: lambda s: [Insight.price(s, timedelta(5), UP)]})
    run(data, model, Cancels()).check()
    assert model.given[0].period == timedelta(seconds=-1)


def test_handlers_hear_of_insights_when_they_are_stored_and_before_the_portfolio_model(data):
    heard = []

    class Asked(Targets):
        def create_targets(self, algorithm, insights):
            if insights:
                heard.append("portfolio")
            return super().create_targets(algorithm, insights)

    def prepare(algorithm):
        algorithm.insights_generated += lambda sender, collection: heard.append(
            (algorithm.insights.total_count, [i.symbol.value for i in collection.insights], collection.date_time_utc)
        )

    run(data, Scripted({MONDAY: lambda s: [Insight.price(s, DAY, UP)]}), Asked(), prepare=prepare).check()
    (count, symbols, utc), last = heard
    assert (count, symbols, utc.replace(tzinfo=None), last) == (1, ["A"], datetime(2019, 6, 24, 20), "portfolio")


def test_nothing_but_a_rebalance_removes_expired_insights(data):
    script = {(6, day): lambda s: [Insight.price(s, DAY, UP)] for day in (24, 25, 26)}
    kept = run(data, Scripted(script)).check().algorithm.insights
    assert (kept.count, kept.total_count, kept.has_active_insights("A", datetime(2019, 7, 9))) == (3, 3, False)
    gone = run(data, Scripted(script), EqualWeightingPortfolioConstructionModel()).check().algorithm.insights
    assert (gone.count, gone.total_count) == (0, 3)


def test_when_the_newest_view_ends_an_older_one_speaks_again(data):
    script = {(6, 24): lambda s: [Insight.price(s, timedelta(9), UP)], (6, 25): lambda s: [Insight.price(s, DAY, DOWN)]}
    portfolio = Targets()
    run(data, Scripted(script), portfolio).check()
    assert [portfolio.steps[6, day][0] > 0 for day in (24, 25, 26, 27)] == [True, False, False, True]


def test_of_views_given_at_one_time_the_last_one_counts(data):
    portfolio = Targets()
    run(data, Scripted({MONDAY: lambda s: [Insight.price(s, DAY, UP), Insight.price(s, DAY, DOWN)]}), portfolio).check()
    assert portfolio.steps[6, 24][0] < 0


@pytest.mark.parametrize("model", [InsightWeightingPortfolioConstructionModel, EqualWeightingPortfolioConstructionModel])
def test_a_flat_view_gives_a_zero_target(data, model):
    script = {
        (6, 24): lambda s: [Insight.price(s, timedelta(9), UP, weight=0.2)],
        (6, 26): lambda s: [Insight.price(s, timedelta(9), FLAT, weight=0.2)],
    }
    targets = run(data, Scripted(script), model()).check().targets
    assert targets["quantity"].iloc[0] > 0
    assert targets["quantity"].iloc[-1] == 0


def test_insights_of_a_delisted_security_are_dropped_with_one_error(data):
    gone = FakeData("2019-06-03", "2019-07-12").trend("A", "B").delist("A", "2019-06-26")
    script = {day: lambda s: [Insight.price(s, DAY, UP)] for day in ((6, 24), (6, 27), (6, 28))}
    result = run(gone, Scripted(script)).check()
    assert len(result.insights) == 1
    assert len([text for kind, _, text in result.messages if kind == "error" and "delisted" in text.lower()]) == 1
