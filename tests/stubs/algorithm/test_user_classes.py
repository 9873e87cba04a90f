"""What a user's algorithm class may call its own, override and inherit."""

from __future__ import annotations

import dataclasses

import pytest
from AlgorithmImports import AlphaModel, QCAlgorithm, Resolution
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.testing import FakeData, run_algorithm


@pytest.fixture(scope="module")
def data():
    return FakeData("2019-06-03", "2019-06-07").flat("A")


class Base(QCAlgorithm):
    def start(self):
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 5)
        self.add_equity("A", Resolution.DAILY)


TAKEN = [
    "name",
    "universe",
    "portfolio",
    "schedule",
    "time",
    "insights",
    "settings",
    "status",
    "tags",
    "project_id",
    "benchmark",
    "alpha",
    "execution",
    "risk_management",
    "securities",
    "universe_settings",
    "transactions",
    "live_mode",
    "object_store",
    "brokerage_model",
    "statistics",
    "runtime_statistics",
    "end_date",
    "trading_calendar",
    "account_currency",
    "notify",
    "current_slice",
    "subscription_manager",
]

FREE = [
    "_model_cache",
    "_profiler",
    "regime",
    "regimes",
    "service",
    "allocations",
    "current_regime",
    "regime_service",
    "cache",
    "model",
    "models",
    "config",
    "profiler",
    "state",
    "window",
    "lookback",
    "weights",
    "targets",
    "signals",
    "features",
    "data",
    "tag",
    "parameters",
    "detector",
    "training",
]

METHODS = ["train", "history", "log", "debug", "plot", "symbol", "quit", "identity", "ema", "std"]


@pytest.mark.parametrize("name", TAKEN)
def test_members_of_the_base_do_not_take_other_things(data, name):
    class Algorithm(Base):
        def initialize(self):
            self.start()
            setattr(self, name, object())

    assert isinstance(run_algorithm(Algorithm, data).error, (TypeError, NotImplementedError))


@pytest.mark.parametrize("name", [*FREE, *METHODS])
def test_free_names_and_shadowed_methods_raise_nothing(data, name):
    class Algorithm(Base):
        def initialize(self):
            self.start()
            setattr(self, name, 5)
            self.seen = getattr(self, name)

    assert run_algorithm(Algorithm, data).check().algorithm.seen == 5


def test_snake_case_in_a_base_beats_pascal_case_in_the_users_class(data):
    class Facade(Base):
        called = ()

        def initialize(self):
            self.start()

        def on_data(self, data):
            self.called = (*self.called, "base")

    class User(Facade):
        def OnData(self, data):  # noqa: N802
            self.called = (*self.called, "user")

        def OnEndOfAlgorithm(self):  # noqa: N802
            self.called = (*self.called, "end")

    assert run_algorithm(User, data).check().algorithm.called == ("base", "base", "base", "end")


def test_pascal_case_super_reaches_the_compiled_base_past_the_facade(data):
    class Facade(Base):
        def initialize(self):
            self.start()

    class User(Facade):
        def initialize(self):
            super().Initialize()

    assert type(run_algorithm(User, data).error) is NotImplementedException


def test_copying_pascal_case_names_in_init_subclass_cures_it(data):
    class Facade(Base):
        def __init_subclass__(cls, **options):
            super().__init_subclass__(**options)
            for pascal, snake in (("Initialize", "initialize"), ("OnData", "on_data")):
                if pascal in vars(cls):
                    setattr(cls, snake, vars(cls)[pascal])

        def initialize(self):
            self.start()

        Initialize = initialize

        def on_data(self, data):
            pass

    class User(Facade):
        seen = 0

        def Initialize(self):  # noqa: N802
            super().Initialize()

        def OnData(self, data):  # noqa: N802
            self.seen += 1

    assert run_algorithm(User, data).check().algorithm.seen == 3


def test_hooks_on_instances_are_ignored_and_on_the_users_own_method_are_seen(data):
    class Algorithm(Base):
        ends = ()

        def initialize(self):
            self.start()
            self.on_data = lambda data: 1 / 0
            kind, own = type(self), type(self).on_end_of_algorithm

            def wrapped(algorithm):
                algorithm.ends = (*algorithm.ends, "hook")
                own(algorithm)

            kind.on_end_of_algorithm = wrapped

        def on_end_of_algorithm(self):
            self.ends = (*self.ends, "own")

    assert run_algorithm(Algorithm, data).check().algorithm.ends == ("hook", "own")


def test_a_hook_that_only_the_compiled_base_has_cannot_be_set_on_a_class():
    class Algorithm(Base):
        pass

    with pytest.raises(AttributeError, match="attribute is read-only"):
        Algorithm.on_data = lambda self, data: None
    with pytest.raises(AttributeError, match="attribute is read-only"):
        dataclasses.dataclass(Algorithm)


def test_a_property_cannot_be_probed_on_the_class():
    with pytest.raises(TypeError):
        hasattr(QCAlgorithm, "name")


def test_pascal_case_throughout(data):
    class Algorithm(QCAlgorithm):
        def Initialize(self):  # noqa: N802
            self.SetStartDate(2019, 6, 3)
            self.SetEndDate(2019, 6, 5)
            self.a = self.AddEquity("A", Resolution.Daily).Symbol
            self.Settings.FreePortfolioValuePercentage = 0.05
            self.seen = []

        def OnData(self, data):  # noqa: N802
            self.seen.append((data.Bars[self.a].Close, self.Portfolio.TotalPortfolioValue, self.Securities[self.a].Price))

    result = run_algorithm(Algorithm, data).check()
    assert result.algorithm.seen == [(100.0, 100000.0, 100.0)] * 3
    assert result.algorithm.settings.free_portfolio_value_percentage == 0.05


def test_models_and_algorithm_share_one_state_but_no_attributes(data):
    class Model(AlphaModel):
        def update(self, algorithm, data):
            algorithm.set_runtime_statistic("from", "model")
            algorithm.own = 1
            return []

    class Algorithm(Base):
        def initialize(self):
            self.start()
            self.set_alpha(Model())

    result = run_algorithm(Algorithm, data).check()
    assert result.algorithm.runtime_statistics["from"] == "model"
    assert not hasattr(result.algorithm, "own")
