"""Python portfolio models in a run: hooks, inner models, rebalancing, what ends the run."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightWeightingPortfolioConstructionModel,
    PortfolioBias,
    PortfolioConstructionModel,
    PortfolioConstructionModelPythonWrapper,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.clr.exceptions import ArgumentException, InvalidCastException, NotImplementedException, NullReferenceException
from lean_stubs.testing import FakeData, run_algorithm


@pytest.fixture(scope="module")
def data():
    return FakeData("2019-06-03", "2019-06-21").trend("A", "B")


class Once(AlphaModel):
    """Views on A and B, given once; B's without a weight."""

    def __init__(self, period=timedelta(30)):
        super().__init__()
        self.name, self.period, self.done = "once", period, False

    def update(self, algorithm, data):
        if self.done:
            return []
        self.done = True
        a, b = (algorithm.symbol(t) for t in ("A", "B"))
        return [
            Insight.price(a, self.period, InsightDirection.UP, weight=0.5),
            Insight.price(b, self.period, InsightDirection.DOWN),
        ]


def run(data, portfolio, period=timedelta(30), settings=None):
    class Algorithm(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 12)
            for ticker in ("A", "B"):
                self.add_equity(ticker, Resolution.DAILY)
            if settings:
                settings(self.settings)
            self.set_alpha(Once(period))
            self.set_portfolio_construction(portfolio)

    return run_algorithm(Algorithm, data)


class Recording(PortfolioConstructionModel):
    """Percents by a rule; keeps the tickers targeted at each call."""

    def __init__(self, percents=lambda insights: dict.fromkeys(insights, 0.1)):
        super().__init__()
        self.percents, self.steps = percents, []

    def determine_target_percent(self, active_insights):
        return self.percents(active_insights)

    def create_targets(self, algorithm, insights):
        targets = super().create_targets(algorithm, insights)
        self.steps.append({t.symbol.value: t.quantity for t in targets})
        return targets


def test_without_a_rebalancing_function_every_slice_with_data_is_due(data):
    model = Recording()
    run(data, model).check()
    assert [sorted(step) for step in model.steps] == [["A", "B"]] * 8


def test_an_insight_that_is_left_out_gets_no_target(data):
    model = Recording(lambda insights: {i: 0.1 for i in insights if i.symbol.value == "A"})
    run(data, model).check()
    assert {tuple(step) for step in model.steps} == {("A",)}


def test_expiry_gives_a_zero_target_once(data):
    model = Recording()
    run(data, model, period=timedelta(1)).check()
    # Given on Monday at the close, active until Tuesday's close, expired at Wednesday's.
    assert [sorted(step) for step in model.steps[:4]] == [["A", "B"], ["A", "B"], ["A", "B"], []]
    assert model.steps[2] == {"A": 0.0, "B": 0.0}


def test_a_function_that_returns_none_with_both_flags_off_never_rebalances(data):
    model = Recording()
    model.set_rebalancing_func(lambda utc: None)

    def off(settings):
        settings.rebalance_portfolio_on_insight_changes = False
        settings.rebalance_portfolio_on_security_changes = False

    run(data, model, settings=off).check()
    assert set(map(len, model.steps)) == {0}
    assert (model.rebalance_on_insight_changes, model.rebalance_on_security_changes) == (False, False)


def test_a_python_rebalancing_function_gets_aware_times(data):
    times = []
    model = Recording()
    model.set_rebalancing_func(lambda utc: times.append(utc) or utc + timedelta(7))
    run(data, model).check()
    assert all(t.utcoffset() == timedelta(0) for t in times)
    assert [bool(step) for step in model.steps] == [True, False, False, False, False, True, False, False]


@pytest.mark.parametrize("nothing", [Resolution.DAILY, None, "x", timedelta(0)])
def test_other_things_leave_a_custom_model_without_a_function(data, nothing):
    model = Recording()
    model.set_rebalancing_func(nothing)
    run(data, model).check()
    assert all(model.steps)


@pytest.mark.parametrize("wrong", ["x", 5, [], timedelta])
def test_stock_models_refuse_other_things(wrong):
    with pytest.raises(TypeError, match=r"No method matches given arguments for \.ctor"):
        EqualWeightingPortfolioConstructionModel(wrong)


WRONG_PERCENTS = {
    "None": lambda insights: None,
    "None as value": lambda insights: dict.fromkeys(insights),
    "text as value": lambda insights: dict.fromkeys(insights, "0.1"),
    "symbols as keys": lambda insights: {i.symbol: 0.1 for i in insights},
    "pairs": lambda insights: [(i, 0.1) for i in insights],
}


@pytest.mark.parametrize("kind", WRONG_PERCENTS)
def test_percents_of_another_kind_end_the_run(data, kind):
    # Without insights there is nothing to convert yet, None apart.
    assert type(run(data, Recording(WRONG_PERCENTS[kind])).error) is InvalidCastException


@pytest.mark.parametrize("number", [0.1, 1, np.float64(0.1), np.float32(0.1), np.int64(1)])
def test_any_number_is_a_percent(data, number):
    model = Recording(lambda insights: dict.fromkeys(insights, number))
    run(data, model).check()
    assert all(abs(quantity) > 0 for quantity in model.steps[0].values())


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_percents_that_are_not_finite_end_the_run(data, number):
    error = run(data, Recording(lambda insights: dict.fromkeys(insights, number))).error
    assert type(error) is ArgumentException
    assert "non-finite" in str(error)


@pytest.mark.parametrize("hook", ["is_rebalance_due", "should_create_target_for_insight"])
@pytest.mark.parametrize("value", [None, 1, np.bool_(True)])
def test_hooks_must_return_a_bool(data, hook, value):
    model = type("Model", (Recording,), {hook: lambda self, *arguments: value})()
    assert type(run(data, model).error) is InvalidCastException


@pytest.mark.parametrize("kind", [tuple, iter])
def test_target_insights_must_be_a_list(data, kind):
    def get_target_insights(self):
        return kind(PortfolioConstructionModel.get_target_insights(self))

    model = type("Model", (Recording,), {"get_target_insights": get_target_insights})()
    assert type(run(data, model).error) is InvalidCastException


TARGETS = {
    "None": (lambda a: None, InvalidCastException),
    "one target": (lambda a: PortfolioTarget(a, 1), InvalidCastException),
    "wrong item": (lambda a: ["A"], InvalidCastException),
    "None item": (lambda a: [None], NullReferenceException),
}


@pytest.mark.parametrize("kind", TARGETS)
def test_targets_of_another_kind_end_the_run(data, kind):
    make, error = TARGETS[kind]

    class Model(PortfolioConstructionModel):
        def create_targets(self, algorithm, insights):
            return make(algorithm.symbol("A"))

    assert type(run(data, Model()).error) is error


def test_the_first_target_of_a_symbol_wins(data):
    class Model(PortfolioConstructionModel):
        def create_targets(self, algorithm, insights):
            return (PortfolioTarget(algorithm.symbol("A"), q) for q in (10, 20))

    assert run(data, Model()).check().orders["quantity"].tolist() == [10.0]


def test_a_plain_class_is_no_portfolio_model(data):
    class Plain:
        def create_targets(self, algorithm, insights):
            return []

        def on_securities_changed(self, algorithm, changes):
            pass

    assert isinstance(run(data, Plain()).error, AttributeError)


class Inner(PortfolioConstructionModel):
    def determine_target_percent(self, active_insights):
        return dict.fromkeys(active_insights, 0.2)


class Outer(PortfolioConstructionModel):
    """Delegates by create_targets."""

    def __init__(self, inner, kind=list):
        super().__init__()
        self.inner, self.kind, self.answers = inner, kind, []

    def create_targets(self, algorithm, insights):
        answer = self.inner.create_targets(algorithm, self.kind(insights))
        self.answers.append(answer)
        return answer


@pytest.mark.parametrize("kind", [list, tuple, lambda x: x])
def test_a_compiled_inner_model_can_be_called(data, kind):
    outer = Outer(EqualWeightingPortfolioConstructionModel(), kind)
    run(data, outer).check()
    assert type(outer.answers[0]) is list
    assert [t.symbol.value for t in outer.answers[0]] == ["A", "B"]


def test_a_python_inner_models_hooks_are_not_seen_and_the_wrapper_cures_it(data):
    assert type(run(data, Outer(Inner())).error) is NotImplementedException
    inner = Inner()
    wrapper = PortfolioConstructionModelPythonWrapper(inner)
    for outer in (Outer(inner), Outer(wrapper)):
        run(data, outer).check()
        assert len(list(outer.answers[0])) in (0, 2)
    assert len(list(Outer(inner).answers)) == 0


def test_inner_percents_come_as_a_clr_dictionary(data):
    seen = []

    class Delegating(PortfolioConstructionModel):
        def __init__(self):
            super().__init__()
            self.inner = EqualWeightingPortfolioConstructionModel()

        def determine_target_percent(self, active_insights):
            answer = self.inner.determine_target_percent(active_insights)
            seen.append((isinstance(answer, dict), [(kv.key.symbol.value, kv.value) for kv in answer], len(answer.items())))
            return answer

    run(data, Delegating()).check()
    assert seen[0] == (False, [("A", 0.5), ("B", -0.5)], 2)


def test_an_inner_model_without_an_algorithm():
    inner = EqualWeightingPortfolioConstructionModel()
    assert inner.algorithm is None
    assert len(inner.determine_target_percent([])) == 0
    with pytest.raises(NullReferenceException):
        inner.get_target_insights()


def insights(*views):
    return [Insight.price(x, timedelta(1), d, None, c, None, w) for x, d, w, c in views]


UP, DOWN, FLAT = InsightDirection.UP, InsightDirection.DOWN, InsightDirection.FLAT


def shares(model, views):
    return [v for _, v in model.determine_target_percent(insights(*views)).items()]


def test_equal_weights_count_what_is_not_flat_and_respects_the_bias():
    views = [("A", UP, None, None), ("B", DOWN, None, None), ("C", FLAT, None, None)]
    assert shares(EqualWeightingPortfolioConstructionModel(), views) == [0.5, -0.5, 0.0]
    assert shares(EqualWeightingPortfolioConstructionModel(None, PortfolioBias.LONG), views) == [1.0, 0.0, 0.0]


def test_insight_weights_are_scaled_down_and_never_up():
    model = InsightWeightingPortfolioConstructionModel()
    assert shares(model, [("A", UP, 0.2, None), ("B", DOWN, -0.3, None)]) == [0.2, -0.3]
    assert shares(model, [("A", UP, 1.0, None), ("B", DOWN, 1.0, None)]) == [0.5, -0.5]
    # A flat insight's weight counts in the sum, unless the bias leaves it out.
    views = [("A", UP, 1.0, None), ("B", FLAT, 1.0, None)]
    assert shares(model, views) == [0.5, 0.0]
    assert shares(InsightWeightingPortfolioConstructionModel(None, PortfolioBias.LONG), views) == [1.0, 0.0]
    # Without a weight the share is 0.
    assert shares(model, [("A", UP, None, None)]) == [0.0]


def test_what_a_stock_model_refuses_keeps_its_position(data):
    outer = run(data, InsightWeightingPortfolioConstructionModel()).check()
    assert set(outer.targets["ticker"]) == {"A"}
