"""Traps that the engine sets, each on the stand-in; letters and numbers are those of the notes on composition."""

from datetime import date, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    ConstantAlphaModel,
    DataNormalizationMode,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightType,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    ScheduledUniverseSelectionModel,
    Symbol,
)
from AlgorithmImports import Market as LeanMarket
from AlgorithmImports import SecurityType as LeanSecurityType
from lean_stubs import run_algorithm

from regime_framework import Regime
from regime_framework.lean import DailyBarFeed, RegimeAlphaModel, RegimePortfolioConstructionModel
from tests.lean.worlds import closes, market, run, service

DAYS = market().days
UP_ALWAYS = {Regime.BEAR: InsightDirection.UP}


def alpha_only(shared: Any, **arguments: Any) -> Any:
    return lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(shared, **arguments))


# A: portfolio models inside one another


def test_ours_works_inside_another_portfolio_model():
    class Outer(PortfolioConstructionModel):
        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
            super().on_securities_changed(algorithm, changes)
            self.inner.on_securities_changed(algorithm, changes)

        def determine_target_percent(self, insights: Any) -> dict[Any, float]:
            answer = self.inner.determine_target_percent(insights)
            return {insight: weight / 2 for insight, weight in answer.items()}

    shared = service()

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(RegimeAlphaModel(shared, directions=UP_ALWAYS))
        algorithm.set_portfolio_construction(Outer(RegimePortfolioConstructionModel(shared, exposure={Regime.BEAR: 0.3})))

    diary = run(setup)
    assert diary.result.error is None
    assert diary.weights(DAYS[560]) == {ticker: pytest.approx(0.25, rel=0.1) for ticker in ("SPY", "QQQ")}
    assert diary.weights(DAYS[650]) == {ticker: pytest.approx(0.075, rel=0.2) for ticker in ("SPY", "QQQ")}


def test_a_user_s_subclass_of_ours_is_called_by_the_engine():
    class Doubled(RegimePortfolioConstructionModel):
        def determine_target_percent(self, insights: Any) -> dict[Any, float]:
            return {insight: weight / 2 for insight, weight in super().determine_target_percent(insights).items()}

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(800)))
        algorithm.set_portfolio_construction(Doubled(service(), exposure={Regime.BEAR: 0.0}))

    assert run(setup, end=(2015, 1, 30)).weights(DAYS[520]) == {t: pytest.approx(0.25, rel=0.1) for t in ("SPY", "QQQ")}


# B: several alphas


def test_an_alpha_s_name_is_no_random_text():
    assert RegimeAlphaModel(service()).name == "RegimeAlphaModel"
    assert RegimeAlphaModel(service(), name="Mine").name == "Mine"


def test_nothing_is_hung_on_the_algorithm():
    held: dict[str, Any] = {}

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 2, 27)
            self.add_equity("SPY", Resolution.DAILY)
            shared = service()
            held["before"] = set(vars(self))
            self.set_alpha(RegimeAlphaModel(shared))
            self.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure={Regime.BEAR: 0.3}))

    assert set(vars(run_algorithm(Tested, data=market()).check().algorithm)) == held["before"]


# D: universes


def test_a_symbol_that_silently_returns_is_spoken_about_again():
    shared = service()
    gone = {DAYS[520]}

    def select(utc: Any) -> list[Any]:
        tickers = ["SPY"] if utc.date() in gone else ["SPY", "QQQ"]
        return [Symbol.create(ticker, LeanSecurityType.EQUITY, LeanMarket.USA) for ticker in tickers]

    told: list[tuple[date, list[str], list[str]]] = []

    class Listens(AlphaModel):
        def update(self, algorithm: Any, data: Any) -> list[Insight]:
            return []

        def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
            added, removed = ([s.symbol.value for s in found] for found in (changes.added_securities, changes.removed_securities))
            told.append((algorithm.time.date(), added, removed))

    def setup(algorithm: Any) -> None:
        algorithm.universe_settings.resolution = Resolution.DAILY
        rule = algorithm.date_rules.every_day("SPY")
        algorithm.set_universe_selection(ScheduledUniverseSelectionModel(rule, algorithm.time_rules.at(9, 0), select))
        algorithm.add_alpha(RegimeAlphaModel(shared, directions=UP_ALWAYS))
        algorithm.add_alpha(Listens())
        algorithm.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())

    diary = run(setup, tickers=(), end=(2015, 3, 31))
    assert diary.result.error is None
    assert [day for day, added, _ in told if "QQQ" in added] == [DAYS[504]], "the engine says nothing of the return"
    assert [day for day, _, removed in told if "QQQ" in removed] == [DAYS[520]]
    said = [insight["utc"].date() for insight in diary.of("QQQ")]
    assert said[:2] == [DAYS[504], DAYS[521]]
    assert shared.is_ready("QQQ")
    assert diary.weights(DAYS[530]).keys() == {"SPY", "QQQ"}


def test_a_removed_symbol_that_is_still_held_is_not_bought_back():
    shared = service()

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 3, 31)
            for ticker in ("SPY", "QQQ"):
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(RegimeAlphaModel(shared, directions=UP_ALWAYS, period=timedelta(5)))
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())
            day = DAYS[520]
            self.schedule.on(self.date_rules.on(day.year, day.month, day.day), self.time_rules.at(12, 0), self.drop)

        def drop(self) -> None:
            self.remove_security("QQQ")

    result = run_algorithm(Tested, data=market()).check()
    orders = result.orders[result.orders["symbol"].str.startswith("QQQ")]
    assert orders["quantity"].iloc[-1] < 0
    assert orders["time"].max().date() <= DAYS[521]
    assert not result.algorithm.portfolio["QQQ"].invested


# E: daily closes


def test_a_day_that_did_not_trade_does_not_move_the_filter():
    data = market().missing("QQQ", DAYS[530], DAYS[531])
    shared = service()
    run(alpha_only(shared), data=data, end=(2015, 3, 31))
    assert shared.estimate("SPY").bars - shared.estimate("QQQ").bars == 2
    assert shared.statistics.bars_rejected == {}


@pytest.mark.parametrize("resolution", [Resolution.DAILY, Resolution.HOUR])
def test_what_a_security_s_data_filter_refuses_never_reaches_the_service(resolution):
    refused = {DAYS[520], DAYS[521]}

    class Refuses:
        def filter(self, vehicle: Any, data: Any) -> bool:
            return data.end_time.date() not in refused

    def setup(filtered: bool) -> Any:
        def inner(algorithm: Any) -> None:
            if filtered:
                algorithm.securities["QQQ"].set_data_filter(Refuses())
            algorithm.set_alpha(RegimeAlphaModel(filtered_service if filtered else plain_service))

        return inner

    filtered_service, plain_service = service(), service()
    diaries = [run(setup(filtered), resolution=resolution, end=(2015, 2, 27)) for filtered in (True, False)]
    assert [diary.result.error for diary in diaries] == [None, None]
    assert plain_service.estimate("QQQ").bars - filtered_service.estimate("QQQ").bars == len(refused)
    assert filtered_service.estimate("SPY").bars == plain_service.estimate("SPY").bars
    assert diaries[0].gaps == []


def test_an_early_close_is_a_day_like_any_other():
    shared = service()
    seen: list[Any] = []
    shared.on_change(lambda estimate: seen.append(estimate))
    run(alpha_only(shared), start=(2015, 11, 2), end=(2015, 11, 27))
    assert shared.estimate("SPY").as_of.isoformat() == "2015-11-27T18:00:00+00:00"


def test_mixed_resolutions_share_one_update_a_day():
    shared = service()
    updates: list[tuple[Any, int]] = []
    update = shared.update

    def counted(now: Any, bars: Any) -> Any:
        updates.append((now, len(bars)))
        return update(now, bars)

    shared.update = counted

    def setup(algorithm: Any) -> None:
        algorithm.add_equity("SPY", Resolution.MINUTE)
        algorithm.add_equity("QQQ", Resolution.HOUR)
        algorithm.add_equity("IWM", Resolution.DAILY)
        algorithm.set_alpha(RegimeAlphaModel(shared))

    run(setup, tickers=(), end=(2015, 1, 9))
    # The last bar of the history and six days.
    assert [n for _, n in updates] == [3] * 7
    assert len({now for now, _ in updates}) == 7


def test_bars_stamped_at_midnight_work_as_well():
    shared = service()

    def setup(algorithm: Any) -> None:
        algorithm.settings.daily_precise_end_time = False
        algorithm.set_alpha(RegimeAlphaModel(shared))

    diary = run(setup, end=(2015, 3, 31))
    assert diary.result.error is None
    assert diary.gaps == []
    assert shared.statistics.bars_repeated == 0


# F: splits


@pytest.mark.parametrize("mode", [DataNormalizationMode.RAW, DataNormalizationMode.ADJUSTED, DataNormalizationMode.SPLIT_ADJUSTED])
def test_a_split_is_no_return_in_any_mode(mode):
    def setup(shared: Any) -> Any:
        def inner(algorithm: Any) -> None:
            for ticker in ("SPY", "QQQ"):
                algorithm.add_equity(ticker, Resolution.DAILY, data_normalization_mode=mode)
            algorithm.set_alpha(RegimeAlphaModel(shared))

        return inner

    split, whole = service(), service()
    run(setup(split), data=market().split("QQQ", DAYS[530], 4), tickers=(), end=(2015, 3, 31))
    run(setup(whole), tickers=(), end=(2015, 3, 31))
    assert split.estimate("QQQ").probabilities == pytest.approx(whole.estimate("QQQ").probabilities, abs=2e-3)
    assert split.estimate("QQQ").bars == whole.estimate("QQQ").bars
    assert split.estimate("QQQ").trained_at == whole.estimate("QQQ").trained_at


def test_a_split_while_history_is_asked_for_is_no_return_either():
    # Added after the split: raw history would show a fall of 75 %.
    def setup(shared: Any) -> Any:
        return lambda algorithm: (
            algorithm.add_equity("QQQ", Resolution.DAILY, data_normalization_mode=DataNormalizationMode.RAW),
            algorithm.set_alpha(RegimeAlphaModel(shared)),
        )

    shared = service(market="QQQ")
    run(setup(shared), data=market().split("QQQ", DAYS[500], 4), tickers=(), end=(2015, 1, 30))
    assert shared.estimate("QQQ").volatility < 0.05


# G: nothing of the engine reaches another run


def test_two_runs_in_one_process_agree():
    first, second = (run(alpha_only(service()), end=(2015, 6, 30)).insights for _ in range(2))
    assert first == second


def test_feeds_die_with_their_service():
    import gc
    import weakref

    shared = service()
    feed = weakref.ref(DailyBarFeed.of(shared))
    del shared
    gc.collect()
    assert feed() is None


# 36: the order of LEAN's dictionaries is not that of names


def test_active_securities_in_any_order_give_the_same_bits():
    data = market()
    for seed, ticker in enumerate(("A", "B", "C", "D", "E"), start=20):
        data.closes(ticker, closes(seed))
    found = []
    for tickers in (("SPY", "A", "B", "C", "D", "E"), ("E", "D", "SPY", "C", "B", "A")):
        shared = service(market="universe")

        def setup(algorithm: Any, shared: Any = shared) -> None:
            algorithm.set_alpha(RegimeAlphaModel(shared))
            algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure={Regime.BEAR: 0.3}))

        diary = run(setup, data=data, tickers=tickers, end=(2015, 9, 30))
        found.append((diary.orders, shared.market.probabilities.tobytes()))
    assert found[0] == found[1]
    assert found[0][0]
