from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import Resolution
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
