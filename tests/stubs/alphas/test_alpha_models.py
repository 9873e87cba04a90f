"""Alpha models in a run: what may be returned, what ends the run, names, composites."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from AlgorithmImports import (
    AlphaModel,
    CompositeAlphaModel,
    ConstantAlphaModel,
    Insight,
    InsightDirection,
    InsightType,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.clr.exceptions import ArgumentException, InvalidCastException, NotImplementedException, NullReferenceException
from lean_stubs.testing import FakeData, run_algorithm

DAY = timedelta(1)


@pytest.fixture(scope="module")
def data():
    return FakeData("2019-06-03", "2019-06-14").trend("A", "B")


class Algorithm(QCAlgorithm):
    alpha_models: tuple = ()

    def initialize(self):
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 6)
        self.ended = False
        for ticker in ("A", "B"):
            self.add_equity(ticker, Resolution.DAILY)
        for model in self.alpha_models:
            self.add_alpha(model)

    def on_end_of_algorithm(self):
        self.ended = True


def run(data, *models):
    return run_algorithm(type("Run", (Algorithm,), {"alpha_models": models}), data)


class Returning(AlphaModel):
    """Returns what a function makes of (symbol of A, symbol of B) at its first call, then nothing."""

    def __init__(self, make):
        super().__init__()
        self.name = "returning"
        self.make, self.calls = make, 0

    def update(self, algorithm, data):
        self.calls += 1
        a, b = (algorithm.symbol(t) for t in ("A", "B"))
        return self.make(a, b) if self.calls == 1 else []


def up(symbol):
    return Insight.price(symbol, DAY, InsightDirection.UP)


ITERABLES = {
    "list": lambda a, b: [up(a), up(b)],
    "tuple": lambda a, b: (up(a), up(b)),
    "set": lambda a, b: {up(a), up(b)},
    "generator": lambda a, b: (up(x) for x in (a, b)),
    "dict": lambda a, b: {up(a): 1, up(b): 2},
    "values": lambda a, b: {1: up(a), 2: up(b)}.values(),
    "array": lambda a, b: np.array([up(a), up(b)], dtype=object),
    "group": lambda a, b: Insight.group([up(a), up(b)]),
}


@pytest.mark.parametrize("kind", ITERABLES)
def test_any_iterable_of_insights_may_be_returned(data, kind):
    result = run(data, Returning(ITERABLES[kind])).check()
    assert sorted(result.insights["ticker"]) == ["A", "B"]
    assert result.algorithm.ended


WRONG = {
    "None": (lambda a, b: None, InvalidCastException),
    "number": (lambda a, b: 5, InvalidCastException),
    "one insight": (lambda a, b: up(a), InvalidCastException),
    "wrong item": (lambda a, b: ["A"], InvalidCastException),
    "nested": (lambda a, b: [[up(a)]], InvalidCastException),
    "None item": (lambda a, b: [None], NullReferenceException),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_iterable_of_insights_ends_the_run(data, kind):
    make, error = WRONG[kind]
    result = run(data, Returning(make))
    assert type(result.error) is error
    assert not result.algorithm.ended


def test_an_exception_in_update_ends_the_run(data):
    def fails(a, b):
        raise ZeroDivisionError("in the model")

    result = run(data, Returning(fails))
    assert isinstance(result.error, ZeroDivisionError)
    assert not result.algorithm.ended


def test_an_insight_of_an_unknown_symbol_ends_the_run(data):
    assert run(data, Returning(lambda a, b: [up("NOBODY")])).error is not None


def test_the_same_insight_twice_is_stored_twice(data):
    def twice(a, b):
        one = up(a)
        return [one, one]

    assert run(data, Returning(twice)).check().algorithm.insights.total_count == 2


class Named(AlphaModel):
    """Gives one insight for A at the first call."""

    done = False

    def update(self, algorithm, data):
        done, self.done = self.done, True
        return [] if done else [up(algorithm.symbol("A"))]


class SetAfter(Named):
    def __init__(self):
        super().__init__()
        self.name = "expected"


class WithoutBase(Named):
    def __init__(self):
        self.name = "expected"


class Pascal(Named):
    def __init__(self):
        super().__init__()
        self.Name = "expected"


class Attribute(Named):
    name = "expected"


class Property(Named):
    @property
    def name(self):
        return "expected"


class PlainNamed:
    name, done = "expected", False
    update = Named.update

    def on_securities_changed(self, algorithm, changes):
        pass


class expected:  # noqa: N801
    done = False
    update = Named.update

    def on_securities_changed(self, algorithm, changes):
        pass


@pytest.mark.parametrize("model", [SetAfter, WithoutBase, Pascal, Attribute, Property, PlainNamed, expected])
def test_names_that_become_the_source_model(data, model):
    assert list(run(data, model()).check().insights["source_model"]) == ["expected"]


def test_without_a_name_it_is_a_new_random_id(data):
    names = [run(data, Named()).check().insights["source_model"][0] for _ in range(2)]
    assert [len(name) for name in names] == [36, 36]
    assert names[0] != names[1]


def test_models_are_updated_in_order_and_each_has_its_own_name(data):
    first, second = SetAfter(), SetAfter()
    second.name = "second"
    result = run(data, first, second).check()
    assert list(result.insights["source_model"]) == ["expected", "second"]
    assert type(result.algorithm.alpha) is CompositeAlphaModel


@pytest.mark.parametrize("refused", [None, [], AlphaModel])
def test_what_set_alpha_refuses(data, refused):
    result = run(data, refused)
    assert isinstance(result.error, (NotImplementedException, TypeError))


def test_a_composite_needs_a_model():
    with pytest.raises(ArgumentException, match="at least 1"):
        CompositeAlphaModel()


class Watching(AlphaModel):
    def __init__(self):
        super().__init__()
        self.seen = []

    def update(self, algorithm, data):
        self.seen.append((type(algorithm), algorithm, getattr(algorithm, "note", None), getattr(algorithm, "ended", None)))
        algorithm.note = "lost"
        return []


def test_every_call_brings_another_algorithm_object_without_the_users_attributes(data):
    model = Watching()
    user = run(data, model).check().algorithm
    assert {kind for kind, *_ in model.seen} == {QCAlgorithm}
    assert all(given == user and given is not user for _, given, *_ in model.seen)
    assert len({id(given) for _, given, *_ in model.seen}) == len(model.seen)
    assert {rest for *_, note, ended in model.seen for rest in (note, ended)} == {None}


def test_constant_alpha_renews_after_its_calendar_period(data):
    model = ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(2), 0.02, 0.5)
    insights = run(data, model).check().insights
    assert set(insights["source_model"]) == {"ConstantAlphaModel(Price,Up,2.00:00:00,0.02,0.5)"}
    assert sorted(set(insights["generated_time"])) == [datetime(2019, 6, 3, 20), datetime(2019, 6, 5, 20)]
