import inspect
from datetime import datetime, timedelta
from itertools import pairwise, permutations
from typing import Any

import cachetools
import numpy as np
import pytest
from AlgorithmImports import QCAlgorithm, Resolution
from lean_stubs import run_algorithm

from regime_framework import InvalidSetting, Regime, RegimeError, UnknownSymbol
from regime_framework.lean import HiddenRegimeAlgorithm, HiddenRegimeAlgorithmOptimized
from regime_framework.service import RegimeModelCache
from tests.lean.worlds import closes, market

DAYS = market().days
FAST = {"n_states": 2, "lookback_days": 252, "retrain_frequency": "monthly", "observation": "close", "emission": "gaussian"}


class Strategy(HiddenRegimeAlgorithmOptimized):
    """Two tickers, everything enabled; subclasses change what they test."""

    resolution = Resolution.DAILY

    def initialize(self) -> None:
        self.set_start_date(2015, 1, 2)
        self.set_end_date(2015, 12, 31)
        self.set_cash(100_000)
        self.enable_caching(max_cache_size=50)
        self.enable_batch_updates(max_workers=2)
        self.enable_profiling()
        self._symbols = {ticker: self.add_equity(ticker, self.resolution).symbol for ticker in ("SPY", "QQQ")}
        for ticker in self._symbols:
            self.initialize_regime_detection(ticker, **FAST)
        self._seen: list[Any] = []
        self._changes: list[Any] = []

    def on_data(self, data: Any) -> None:
        for ticker, symbol in self._symbols.items():
            if data.bars.contains_key(symbol):
                self.on_tradebar(ticker, data.bars[symbol])
        self._seen.append(self.batch_update_regimes(self._symbols))

    def on_regime_change(self, old: Any, new: Any, confidence: float, ticker: str) -> None:
        self._changes.append((self.time, ticker, old, new, confidence))


def ran(kind: type, data: Any = None) -> Any:
    return run_algorithm(kind, data=market() if data is None else data).check().algorithm


@pytest.fixture(scope="module")
def strategy():
    return ran(Strategy)


def test_a_result_per_ticker_from_the_first_bar(strategy):
    assert {*strategy._seen[0]} == {"SPY", "QQQ"}
    assert all(estimate is not None for estimate in strategy._seen[0].values())
    assert strategy._seen[0]["SPY"].as_of.date() == DAYS[504]


def test_the_hook_is_told_every_change_in_a_chain(strategy):
    for ticker in ("SPY", "QQQ"):
        chain = [(old, new) for _, name, old, new, _ in strategy._changes if name == ticker]
        assert chain[0][0] is None
        assert all(before[1] is after[0] for before, after in pairwise(chain))
        assert {new for _, new in chain} == {Regime.BULL, Regime.BEAR}
        assert strategy.regime_of(ticker) is chain[-1][1]


def test_what_is_current(strategy):
    estimate = strategy._seen[-1]["SPY"]
    assert strategy.current_regime is estimate.regime
    assert strategy.regime_confidence == estimate.confidence
    assert strategy.regime_state == estimate.state
    assert strategy.regime_is_ready()
    assert strategy.regime_is_ready("QQQ")


def test_batch_and_one_by_one_agree_to_the_last_bit(strategy):
    class OneByOne(Strategy):
        def on_data(self, data: Any) -> None:
            self._seen.append({ticker: self.update_regime(ticker) for ticker in reversed(list(self._symbols))})

    alone = ran(OneByOne)
    assert len(alone._seen) == len(strategy._seen)
    for ours, theirs in zip(alone._seen, strategy._seen, strict=True):
        assert ours["SPY"].probabilities.tobytes() == theirs["SPY"].probabilities.tobytes()
        assert ours["QQQ"].probabilities.tobytes() == theirs["QQQ"].probabilities.tobytes()


def test_the_order_of_calls_does_not_matter(strategy):
    class Reversed(Strategy):
        def initialize(self) -> None:
            for ticker in ("SPY", "QQQ"):
                self.initialize_regime_detection(ticker, **FAST)
            self.enable_profiling()
            self.enable_batch_updates(max_workers=2)
            self.enable_caching(max_cache_size=50)
            self._seen, self._changes = [], []
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 12, 31)
            self._symbols = {ticker: self.add_equity(ticker, self.resolution).symbol for ticker in ("SPY", "QQQ")}

    other = ran(Reversed)
    assert [change[1:] for change in other._changes] == [change[1:] for change in strategy._changes]


def test_hourly_bars_give_the_same_regimes(strategy):
    class Hourly(Strategy):
        resolution = Resolution.HOUR

        def initialize(self) -> None:
            super().initialize()
            self.set_end_date(2015, 2, 27)

    hourly = ran(Hourly)
    at_close = {estimate["SPY"].as_of: estimate["SPY"] for estimate in hourly._seen}
    for estimate in (seen["SPY"] for seen in strategy._seen[:30]):
        assert at_close[estimate.as_of].probabilities.tobytes() == estimate.probabilities.tobytes()


def test_a_ticker_without_a_subscription_is_fed_by_hand():
    class ByHand(HiddenRegimeAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            self.initialize_regime_detection("MINE", **FAST)
            self._regimes: list[Any] = []
            prices = closes(3, 600)
            for i, price in enumerate(prices):
                bar = _Bar(datetime(2013, 1, 1, 16) + timedelta(days=i), float(price))
                self.on_tradebar("MINE", bar)
                self._regimes.append(self.update_regime())

    algorithm = ran(ByHand)
    ready = [regime is not None for regime in algorithm._regimes]
    assert ready.index(True) in (251, 252)
    assert {regime.regime for regime in algorithm._regimes if regime} == {Regime.BULL, Regime.BEAR}


class _Bar:
    def __init__(self, end: datetime, close: float) -> None:
        self.end_time, self.open, self.high, self.low, self.close = end, close, close, close, close


def test_one_ticker_s_failure_does_not_touch_the_other():
    data = market().flat("QQQ")
    algorithm = ran(Strategy, data)
    assert algorithm._seen[-1]["QQQ"] is None
    assert algorithm._seen[-1]["SPY"] is not None
    assert not algorithm.regime_is_ready()
    assert algorithm.regime_is_ready("SPY")


def test_pascal_case_hooks_win_and_super_reaches_the_base():
    class Pascal(HiddenRegimeAlgorithmOptimized):
        def Initialize(self) -> None:  # noqa: N802
            super().Initialize()
            self.SetStartDate(2015, 1, 2)
            self.SetEndDate(2015, 6, 30)
            self._symbol = self.AddEquity("SPY", Resolution.Daily).Symbol
            self.initialize_regime_detection("SPY", **FAST)
            self._calls: list[str] = []

        def OnData(self, data: Any) -> None:  # noqa: N802
            self._calls.append("OnData")
            self.update_regime("SPY")

        def OnRegimeChange(self, old: Any, new: Any, confidence: float, ticker: str) -> None:  # noqa: N802
            self._calls.append("OnRegimeChange")

        def OnEndOfAlgorithm(self) -> None:  # noqa: N802
            super().OnEndOfAlgorithm()
            self._calls.append("OnEndOfAlgorithm")

    calls = ran(Pascal)._calls
    assert {*calls} == {"OnData", "OnRegimeChange", "OnEndOfAlgorithm"}
    assert calls[-1] == "OnEndOfAlgorithm"


def test_hooks_of_both_spellings_in_one_family():
    class Parent(Strategy):
        def Initialize(self) -> None:  # noqa: N802
            super().Initialize()
            self._order = ["parent"]

    class Child(Parent):
        def initialize(self) -> None:
            super().initialize()
            self._order.append("child")
            self.set_end_date(2015, 1, 9)

    assert ran(Child)._order == ["parent", "child"]


def test_state_exists_before_initialize_and_without_our_constructor():
    class Forgetful(HiddenRegimeAlgorithmOptimized):
        def __init__(self) -> None:
            self._own = self.get_cache_stats()["max_size"]
            self._model_cache = RegimeModelCache(max_cache_size=500)

        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            self.add_equity("SPY", Resolution.DAILY)
            self.initialize_regime_detection("SPY", **FAST)

        def on_data(self, data: Any) -> None:
            self.update_regime()

    algorithm = ran(Forgetful)
    assert algorithm._own == 200
    assert algorithm.get_cache_stats()["max_size"] == 500
    assert algorithm.get_cache_stats()["size"] == algorithm.get_cache_stats()["miss_count"] > 0


def test_the_profiler_and_the_summary(strategy):
    class Summary(Strategy):
        def initialize(self) -> None:
            super().initialize()
            self.set_end_date(2015, 1, 30)

        def on_end_of_algorithm(self) -> None:
            self.log_performance_summary()
            self._profiler.disable()

    result = run_algorithm(Summary, data=market()).check()
    text = "\n".join(result.logs)
    assert "Performance Profile:" in text
    assert "regime_update:" in text
    stats = result.algorithm.get_cache_stats()
    assert f"Model cache: {stats['size']} of 50 models, hit rate 0.0%" in text
    assert not result.algorithm._profiler.enabled
    assert strategy._profiler.statistics["regime_update"].calls >= len(strategy._seen)


@pytest.mark.parametrize("base", [HiddenRegimeAlgorithm, HiddenRegimeAlgorithmOptimized])
def test_the_base_refuses_to_run_itself(base):
    with pytest.raises(RegimeError, match="base class"):
        run_algorithm(base, data=market())


def failing(action: Any) -> Any:
    class Failing(HiddenRegimeAlgorithmOptimized):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            action(self)

    return run_algorithm(Failing, data=market()).error


@pytest.mark.parametrize(
    ("action", "error", "words"),
    [
        (lambda a: a.update_regime(), RegimeError, "initialize_regime_detection"),
        (lambda a: a.batch_update_regimes(["SPY"]), UnknownSymbol, "'SPY'"),
        (lambda a: a.on_tradebar("SPY", None), UnknownSymbol, "initialised: none"),
        (lambda a: a.enable_batch_updates(max_workers=0), InvalidSetting, "max_workers"),
        (lambda a: [a.initialize_regime_detection("SPY"), a.initialize_regime_detection("SPY")], InvalidSetting, "once"),
        (lambda a: a.initialize_regime_detection("SPY", n_states=9), InvalidSetting, "n_states"),
        (lambda a: a.initialize_regime_detection("SPY", lookback_days=5), InvalidSetting, "lookback_days must be"),
        (lambda a: a.initialize_regime_detection("SPY", retrain_frequency="often"), InvalidSetting, "retrain_frequency must be"),
        (lambda a: a.initialize_regime_detection("SPY", retrain_frequency=0), InvalidSetting, "retrain_frequency must be"),
        (lambda a: a.initialize_regime_detection(""), InvalidSetting, "ticker"),
        (lambda a: a.enable_caching(retrain_frequency="often"), InvalidSetting, "retrain_frequency must be"),
        (lambda a: a.enable_caching(max_cache_size=0), InvalidSetting, "max_cache_size"),
        (lambda a: setattr(a, "_model_cache", None), InvalidSetting, "_model_cache must be a mapping"),
        (lambda a: [a.initialize_regime_detection("SPY"), a.batch_update_regimes("SPY")], InvalidSetting, "tickers must be"),
        (lambda a: a.regime_of("SPY"), UnknownSymbol, "initialised: none"),
        (lambda a: a.initialize_regime_detection("SPY", min_confidence=2), InvalidSetting, "min_confidence"),
        (lambda a: [a.initialize_regime_detection("SPY", **FAST), a.update_regime("QQQ")], UnknownSymbol, "initialised: SPY"),
    ],
)
def test_clear_errors(action, error, words):
    raised = failing(action)
    assert isinstance(raised, error)
    assert words in str(raised)


def test_min_confidence_holds_changes_back():
    class Sure(Strategy):
        def initialize_regime_detection(self, ticker: str, *args: Any, **settings: Any) -> None:
            super().initialize_regime_detection(ticker, *args, min_confidence=0.99, **settings)

    sure = ran(Sure)
    assert sure._changes
    assert all(confidence >= 0.99 for *_, confidence in sure._changes)


def test_retraining_frequency_of_the_cache_is_the_default():
    def trainings(**settings: Any) -> int:
        class Some(Strategy):
            def initialize(self) -> None:
                self.set_start_date(2015, 1, 2)
                self.set_end_date(2015, 6, 30)
                self.enable_caching(**settings)
                self._symbols = {"SPY": self.add_equity("SPY", Resolution.DAILY).symbol}
                self.initialize_regime_detection("SPY", **{**FAST, "retrain_frequency": None})
                self._seen, self._changes = [], []

        return int(ran(Some)._desk.service(None).statistics.trainings)

    assert np.diff([trainings(retrain_frequency="monthly"), trainings()])[0] > 15


def defaults(function: Any) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in parameters if each.name not in ("self", "settings")}


def test_the_guide_s_names_and_defaults():
    kind = HiddenRegimeAlgorithmOptimized
    required = inspect.Parameter.empty
    assert defaults(kind.initialize_regime_detection) == {
        "ticker": required, "n_states": 3, "lookback_days": 252, "retrain_frequency": None, "min_confidence": 0.0,
    }  # fmt: skip
    assert defaults(kind.enable_caching) == {"max_cache_size": 200, "retrain_frequency": None}
    assert defaults(kind.enable_batch_updates) == {"max_workers": 4, "use_parallel": True}
    assert defaults(kind.enable_profiling) == defaults(kind.get_cache_stats) == defaults(kind.log_performance_summary) == {}
    assert defaults(kind.on_tradebar) == {"ticker": required, "bar": required}
    assert defaults(kind.regime_is_ready) == defaults(kind.update_regime) == {"ticker": None}
    assert defaults(kind.batch_update_regimes) == {"tickers": required}
    assert list(defaults(kind.on_regime_change)) == ["old", "new", "confidence", "ticker"]


def configured(*calls: Any) -> Any:
    """The service of an algorithm that made these calls, at its first bar."""

    class Configured(HiddenRegimeAlgorithmOptimized):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            self.add_equity("SPY", Resolution.DAILY)
            for call in calls:
                call(self)

        def on_data(self, data: Any) -> None:
            self.update_regime("SPY")

    return ran(Configured)._desk.service(None)


@pytest.mark.parametrize(
    ("cached", "own", "expected"), [(None, None, "weekly"), ("monthly", None, "monthly"), ("monthly", "daily", "daily")]
)
@pytest.mark.parametrize("caching_first", [True, False])
def test_frequencies_and_the_order_of_calls(cached: Any, own: Any, expected: str, caching_first: bool):
    calls = [
        lambda algorithm: algorithm.enable_caching(retrain_frequency=cached),
        lambda algorithm: algorithm.initialize_regime_detection("SPY", **{**FAST, "retrain_frequency": own}),
    ]
    service = configured(*(calls if caching_first else calls[::-1]))
    assert service.configs["SPY"].retrain == expected
    said = [text for text in service.warnings if "frequencies do not match" in text]
    assert len(said) == (cached is not None and own is not None)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_of_calls_gives_the_same_service(order: tuple[int, ...]):
    calls = [
        lambda algorithm: algorithm.enable_caching(max_cache_size=7),
        lambda algorithm: algorithm.enable_batch_updates(max_workers=2),
        lambda algorithm: algorithm.enable_profiling(),
        lambda algorithm: algorithm.initialize_regime_detection("SPY", **FAST),
    ]
    service = configured(*(calls[place] for place in order))
    assert service.cache.max_size == 7
    assert service.batch.max_workers == 2
    assert service.profiler.enabled
    assert service.statistics.ready == 1


@pytest.mark.parametrize(("cache", "most"), [(cachetools.LRUCache(5), " of 5"), ({}, "")])
def test_a_cache_of_the_users_own_counts_too(cache: Any, most: str):
    class Own(Strategy):
        def initialize(self) -> None:
            super().initialize()
            self._model_cache = cache
            self.set_end_date(2015, 3, 31)

        def on_end_of_algorithm(self) -> None:
            self.log_performance_summary()

    result = run_algorithm(Own, data=market()).check()
    stats = result.algorithm.get_cache_stats()
    assert (stats["hit_rate"], stats["hit_count"]) == (0.0, 0)
    assert stats["miss_count"] == result.algorithm._desk.service(None).statistics.trainings
    assert stats["size"] == len(cache) > 0
    assert any(f"Model cache: {len(cache)}{most} models, hit rate 0.0%" in line for line in result.logs)


def test_a_second_run_with_the_same_cache_trains_nothing():
    cache = RegimeModelCache(max_cache_size=500)

    class Kept(Strategy):
        def initialize(self) -> None:
            super().initialize()
            self._model_cache = cache

    first, second = ran(Kept), ran(Kept)
    assert first._desk.service(None).statistics.trainings > 20
    assert second._desk.service(None).statistics.trainings == 0
    assert [change[1:] for change in second._changes] == [change[1:] for change in first._changes]


def test_a_bar_that_is_not_there_is_nothing():
    class ByHand(HiddenRegimeAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            self.initialize_regime_detection("MINE", **FAST)
            self.on_tradebar("MINE", None)
            self._ready = self.regime_is_ready("MINE")

    assert ran(ByHand)._ready is False


def test_caches_and_tickers_come_before_the_first_bar():
    errors: list[Any] = []

    class Late(Strategy):
        def on_data(self, data: Any) -> None:
            super().on_data(data)
            for act in (
                lambda: self.enable_caching(),
                lambda: setattr(self, "_model_cache", {}),
                lambda: self.initialize_regime_detection("IWM"),
            ):
                with pytest.raises(InvalidSetting, match="before the first bar") as raised:
                    act()
                errors.append(raised)
            self.enable_batch_updates(max_workers=1 + len(errors) % 2)  # may change at any time

    assert ran(Late)._seen
    assert errors


# lean-composition, K 94 and 95: assigning to the first raises, defining the second hides LEAN's own without a word.
READ_ONLY = {
    *("name", "universe", "portfolio", "schedule", "time", "insights", "settings", "status", "tags", "project_id", "benchmark"),
    *("alpha", "execution", "risk_management", "securities", "universe_settings", "transactions", "live_mode", "object_store"),
    *("brokerage_model", "statistics", "runtime_statistics", "end_date", "trading_calendar", "account_currency", "notify"),
    *("current_slice", "subscription_manager"),
}
HIDDEN = ["train", "history", "log", "debug", "plot", "symbol", "quit", "identity", "ema", "std"]
HOOKS = {"initialize", "on_data", "on_end_of_algorithm"}


@pytest.mark.parametrize("kind", [HiddenRegimeAlgorithm, HiddenRegimeAlgorithmOptimized])
def test_no_name_of_ours_is_one_of_lean_s(kind: type):
    ours = {name for base in kind.__mro__ if base.__module__.startswith("regime_framework") for name in vars(base)}
    ours |= set(vars(ran(Strategy))) & {"_regime_desk"}
    ours = {name for name in ours if not name.startswith("__")}
    assert not ours & {*READ_ONLY, *HIDDEN}
    of_lean = set(dir(QCAlgorithm)) | {name.lower() for name in dir(QCAlgorithm)}
    snake = {name for name in ours if name == name.lower()}
    assert snake & of_lean <= HOOKS


def test_an_algorithm_in_the_guide_s_spelling():
    class Spelled(HiddenRegimeAlgorithmOptimized):
        def Initialize(self) -> None:  # noqa: N802
            self.SetStartDate(2015, 1, 2)
            self.SetEndDate(2015, 6, 30)
            self.SetCash(100000)
            self.enable_caching(max_cache_size=200, retrain_frequency="monthly")
            self.enable_batch_updates(max_workers=2, use_parallel=True)
            self.enable_profiling()
            self.assets = ["SPY", "QQQ"]
            self.symbols = {}
            self.ends: list[Any] = []
            for ticker in self.assets:
                self.symbols[ticker] = self.AddEquity(ticker, Resolution.Daily).Symbol
                self.initialize_regime_detection(
                    ticker=ticker, n_states=3, lookback_days=180, retrain_frequency="monthly", min_confidence=0.65
                )

        def OnData(self, data: Any) -> None:  # noqa: N802
            for ticker, symbol in self.symbols.items():
                if data.ContainsKey(symbol):
                    self.on_tradebar(ticker, data[symbol])
            if all(self.regime_is_ready(ticker) for ticker in self.assets):
                self.ends.append(self.batch_update_regimes(self.assets))
                self.SetHoldings(self.symbols["SPY"], 0.9 if self.current_regime == Regime.BULL else 0.2)

        def OnEndOfDay(self, symbol: Any) -> None:  # noqa: N802
            if self.Time.day == 1 and self.get_cache_stats()["hit_rate"] < 0.5:
                self.Debug("few hits")

        def OnEndOfAlgorithm(self) -> None:  # noqa: N802
            self.log_performance_summary()

    result = run_algorithm(Spelled, data=market()).check()
    assert len(result.algorithm.ends) > 100
    assert len(result.orders)
    text = "\n".join(result.logs)
    assert all(part in text for part in ("Performance Profile:", "regime_update:", "data_collection:", "  Calls: ", "Model cache:"))
