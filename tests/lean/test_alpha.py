from datetime import UTC, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import ConstantAlphaModel, InsightDirection, InsightType, Resolution

from regime_framework import InvalidSetting, Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimeTag
from tests.lean.worlds import closes, market, run, service

UP, FLAT, DOWN = 1, 0, -1


@pytest.fixture(scope="module")
def diary():
    return run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), period=timedelta(30))))


def test_directions_follow_the_regime(diary):
    for insight in diary.insights:
        assert insight["direction"] == {Regime.BULL: UP, Regime.BEAR: DOWN}[RegimeTag.parse(insight["tag"]).regime]
    assert {insight["direction"] for insight in diary.insights} == {UP, DOWN}


def test_an_insight_when_first_known_then_on_change_and_before_expiry(diary):
    for ticker in ("SPY", "QQQ"):
        said = diary.of(ticker)
        assert said[0]["utc"].date().isoformat() == "2015-01-02"
        for before, after in pairwise(said):
            changed = before["direction"] != after["direction"]
            # Never before half of its 30 trading days, never after its end.
            assert changed or timedelta(0) <= before["closes"] - after["utc"] <= timedelta(days=21)


def test_renewals_wait_until_one_is_needed_and_then_come_together(diary):
    left: dict[Any, list[timedelta]] = {}
    for ticker in ("SPY", "QQQ"):
        for before, after in pairwise(diary.of(ticker)):
            if before["direction"] == after["direction"]:
                left.setdefault(after["utc"], []).append(before["closes"] - after["utc"])
    # At the last bar at which the one that ends first still stands, or one bar earlier.
    assert all(min(ends) <= timedelta(days=5) for ends in left.values())
    assert any(len(ends) == 2 and max(ends) > timedelta(days=5) for ends in left.values())


def test_there_is_never_a_gap(diary):
    assert diary.gaps == []


def test_every_change_of_a_reported_regime_is_said_on_its_bar_with_its_own_numbers():
    shared = service()
    changes: dict[Any, Any] = {}
    shared.on_change(lambda estimate: changes.update({(estimate.as_of.replace(tzinfo=None), estimate.symbol.split()[0]): estimate}))
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(shared)))
    # What was known the evening before the run is said at its first bar.
    expected = {key: estimate for key, estimate in changes.items() if key[0].date().isoformat() >= "2015-01-02"}
    said = {(insight["utc"], insight["ticker"]): insight for insight in diary.insights}
    assert len(expected) >= 8
    assert expected.keys() <= said.keys()
    for key, estimate in expected.items():
        assert RegimeTag.parse(said[key]["tag"]).regime is estimate.regime
        assert said[key]["confidence"] == estimate.confidence == estimate.probabilities[estimate.state]
        assert len(said[key]["tag"]) <= 40


def test_a_change_cancels_the_symbol_s_own_views_and_no_other_symbol_s():
    standing: list[tuple[str, list[int]]] = []

    def setup(algorithm):
        algorithm.set_alpha(RegimeAlphaModel(service(), period=timedelta(20)))
        rule = algorithm.date_rules.every_day("SPY")
        algorithm.schedule.on(rule, algorithm.time_rules.at(12, 0), lambda: look(algorithm))

    def look(algorithm):
        for ticker in ("SPY", "QQQ"):
            active = algorithm.insights.get_active_insights(algorithm.utc_time)
            standing.append((ticker, [int(insight.direction) for insight in active if insight.symbol.value == ticker]))

    diary = run(setup)
    assert {tuple(directions) for _, directions in standing[2:]} == {(UP,), (DOWN,)}, "one at any time, renewals included"
    alone = {i["utc"] for i in diary.of("SPY")} ^ {i["utc"] for i in diary.of("QQQ")}
    assert alone, "there are bars at which one symbol speaks alone"


def test_default_directions_of_all_regimes():
    # Five levels of volatility, each visited again within the window.
    levels = np.repeat([0.003, 0.008, 0.02, 0.05, 0.12] * 5, 40)
    prices = 100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0.0, levels[:1000])))
    config = RegimeConfig(n_states=5, lookback=450, observation="close", emission="gaussian", switch_probability=0.0)
    data = market().closes("SPY", prices)
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(config=config))), data=data, tickers=("SPY",))
    said = {(RegimeTag.parse(insight["tag"]).regime, insight["direction"]) for insight in diary.insights}
    assert said == {
        (Regime.BULL, UP),
        (Regime.RECOVERY, UP),
        (Regime.SIDEWAYS, FLAT),
        (Regime.BEAR, DOWN),
        (Regime.CRISIS, DOWN),
    }


def test_few_insights(diary):
    assert all(5 < len(diary.of(ticker)) < 60 for ticker in ("SPY", "QQQ"))


def test_what_an_insight_carries(diary):
    for insight in diary.insights:
        tag = RegimeTag.parse(insight["tag"])
        assert insight["source"] == "RegimeAlphaModel"
        assert 0.0 < insight["confidence"] <= 1.0
        assert tag.probability == pytest.approx(insight["confidence"], abs=0.005)
        assert insight["weight"] == insight["confidence"]
        assert tag.model_date <= insight["utc"].date()


def test_magnitude_is_the_expected_return_over_the_period():
    shared = service()
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(shared, period=timedelta(20))), end=(2015, 1, 2))
    estimate = shared.estimate("SPY")
    assert diary.of("SPY")[0]["magnitude"] == pytest.approx(20 * estimate.expected_return)


def test_on_change_it_cancels_its_own_insights_and_no_others():
    def setup(algorithm):
        algorithm.set_alpha(RegimeAlphaModel(service()))
        algorithm.add_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(400)))

    constant = ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(400)).name
    diary = run(setup, watch=constant, end=(2015, 12, 31))
    assert len({insight["direction"] for insight in diary.of("SPY")}) == 2
    assert diary.gaps == []
    assert len(diary.of("SPY", constant)) == 1


def test_nothing_is_said_while_warming_up():
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service())), warm_up=50, end=(2015, 3, 31))
    assert diary.insights
    assert not any(insight["warming_up"] for insight in diary.insights)
    assert {insight["utc"].date().isoformat() for insight in diary.insights[:2]} == {"2015-01-02"}


def test_warm_up_and_history_together_count_no_day_twice():
    with_warm_up, without = service(), service()
    run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(with_warm_up)), warm_up=50, end=(2015, 3, 31))
    run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(without)), end=(2015, 3, 31))
    assert with_warm_up.estimate("SPY").bars - without.estimate("SPY").bars == 50
    assert with_warm_up.estimate("SPY").as_of == without.estimate("SPY").as_of


def test_only_these_symbols_named_by_lean_s_own():
    def setup(algorithm):
        algorithm.set_alpha(RegimeAlphaModel(service(), symbols=[algorithm.securities["QQQ"].symbol]))

    assert {insight["ticker"] for insight in run(setup, end=(2015, 1, 9)).insights} == {"QQQ"}


def test_only_these_symbols():
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), symbols=["qqq"])), end=(2015, 6, 30))
    assert {insight["ticker"] for insight in diary.insights} == {"QQQ"}


def test_the_market_s_regime_for_every_symbol():
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), market_only=True)), tickers=("SPY", "TLT"))
    key = [(i["utc"], i["direction"], i["tag"]) for i in diary.of("SPY")]
    assert key == [(i["utc"], i["direction"], i["tag"]) for i in diary.of("TLT")]
    assert {direction for _, direction, _ in key} == {UP, DOWN}


def test_directions_can_be_changed_and_silenced():
    directions = {Regime.BULL: InsightDirection.FLAT, Regime.BEAR: None}
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), directions=directions)))
    assert {insight["direction"] for insight in diary.insights} == {FLAT}
    assert {RegimeTag.parse(insight["tag"]).regime for insight in diary.insights} == {Regime.BULL}
    assert {insight["weight"] for insight in diary.insights} == {0.0}


def test_min_confidence():
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), min_confidence=0.99)))
    assert diary.insights
    assert all(insight["confidence"] >= 0.99 for insight in diary.insights)


@pytest.mark.parametrize("period", [timedelta(2), timedelta(5)])
def test_short_periods_leave_no_gap_either(period):
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service(), period=period)), end=(2015, 12, 31))
    assert diary.gaps == []
    said = [insight["utc"] for insight in diary.of("SPY")]
    n_bars = len(diary.holdings)
    assert len(said) < n_bars / (period.days - 0.9)


def test_later_bars_change_no_earlier_insight():
    day = 700
    first = closes(0)
    second = first.copy()
    second[day:] = np.round(second[day:] * np.linspace(1.3, 0.4, len(second) - day), 2)
    found = []
    for series in (first, second):
        data = market().closes("SPY", series)
        diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service())), data=data)
        until = data.days[day]
        found.append([insight for insight in diary.insights if insight["utc"].date() < until])
    assert found[0] == found[1]
    assert found[0]


def test_the_order_of_symbols_changes_nothing():
    found = [
        run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(service())), tickers=tickers, end=(2015, 12, 31)).insights
        for tickers in (("SPY", "QQQ", "IWM"), ("IWM", "QQQ", "SPY"))
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("resolution", [Resolution.HOUR, Resolution.MINUTE])
def test_finer_subscriptions_give_the_same_regimes(resolution):
    fine, daily = service(), service()
    end = (2015, 2, 27) if resolution == Resolution.HOUR else (2015, 1, 30)
    by_fine = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(fine)), resolution=resolution, end=end)
    run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(daily)), end=end)
    for ticker in ("SPY", "QQQ"):
        assert fine.estimate(ticker).probabilities.tobytes() == daily.estimate(ticker).probabilities.tobytes()
        assert fine.estimate(ticker).as_of == daily.estimate(ticker).as_of
    # Yesterday's regime is known at the first bar of the first day.
    assert by_fine.insights[0]["utc"] < daily.estimate("SPY").as_of.astimezone(UTC).replace(tzinfo=None)
    assert len(by_fine.insights) < 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"directions": {"moon": InsightDirection.UP}}, ["directions", "moon"]),
        ({"directions": {Regime.BULL: "up"}}, ["directions[Bull]", "InsightDirection", "up"]),
        ({"period": timedelta(hours=6)}, ["period", "whole days"]),
        ({"period": timedelta(days=1)}, ["period", "at least 2"]),
        ({"min_confidence": 1.1}, ["min_confidence", "at most 1", "1.1"]),
        ({"name": ""}, ["name", "not empty"]),
        ({"symbols": "SPY"}, ["symbols", "list", "SPY"]),
        ({"symbols": []}, ["symbols", "not empty"]),
    ],
)
def test_construction_errors_name_parameter_rule_and_value(arguments, words):
    with pytest.raises(InvalidSetting) as raised:
        RegimeAlphaModel(service(), **arguments)
    assert all(word in str(raised.value) for word in words)


def test_two_models_of_one_service_need_two_names():
    shared = service()
    first = RegimeAlphaModel(shared)
    with pytest.raises(InvalidSetting, match="name"):
        RegimeAlphaModel(shared)
    assert RegimeAlphaModel(shared, name="Second").name == "Second"
    assert first.name == "RegimeAlphaModel"


def test_market_only_needs_a_market():
    with pytest.raises(InvalidSetting, match="market"):
        RegimeAlphaModel(service(market=None), market_only=True)


def test_two_services_in_one_algorithm_need_two_names_and_do_not_mix():
    def clash(algorithm):
        algorithm.add_alpha(RegimeAlphaModel(service()))
        algorithm.add_alpha(RegimeAlphaModel(service()))

    assert "name" in str(run(clash, end=(2015, 1, 9)).result.error)

    slow, fast = service(), service(config=None, configs=None)

    def setup(algorithm):
        algorithm.add_alpha(RegimeAlphaModel(slow))
        algorithm.add_alpha(RegimeAlphaModel(fast, name="Fast"))

    diary = run(setup, end=(2015, 12, 31))
    assert {insight["source"] for insight in diary.insights} == {"RegimeAlphaModel", "Fast"}
    assert slow.estimate("SPY").bars != 0
    assert slow.estimate("SPY").fingerprint != fast.estimate("SPY").fingerprint
