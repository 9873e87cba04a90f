import math
import random
from datetime import date, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    ConfidenceWeightedPortfolioConstructionModel,
    ConstantAlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightType,
    InsightWeightingPortfolioConstructionModel,
    PortfolioBias,
    PortfolioConstructionModel,
    Resolution,
)
from lean_stubs.testing import ModelBench

from regime_framework import InvalidSetting, Regime
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.lean.positions import below_minimum
from tests.lean.worlds import closes, market, run, service

DAYS = market().days
CALM, STORM, CALM_AGAIN = DAYS[560], DAYS[650], DAYS[800]
EXPOSURE = {Regime.BULL: 1.0, Regime.BEAR: 0.3}


def until(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


class Says(AlphaModel):
    """Says given things on given days: (days after the start, ticker, direction, trading days, further arguments)."""

    def __init__(self, *sayings: tuple[int, str, InsightDirection, int, dict[str, Any]], name: str = "Says") -> None:
        super().__init__()
        self.name = name
        self.sayings, self.day = sayings, -1

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        if not data.bars.count:
            return []
        self.day += 1
        return [
            Insight.price(ticker, timedelta(days), direction, None, more.get("confidence"), None, more.get("weight"))
            for day, ticker, direction, days, more in self.sayings
            if day == self.day
        ]

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        pass


UP = InsightDirection.UP


def with_models(alpha: Any, **arguments: Any):
    models: list[RegimePortfolioConstructionModel] = []

    def setup(algorithm: Any) -> None:
        models.append(RegimePortfolioConstructionModel(arguments.pop("service", None) or service(), **arguments))
        if alpha is not None:
            algorithm.set_alpha(alpha)
        algorithm.set_portfolio_construction(models[0])

    return setup, models


def test_it_trades_on_a_change_of_regime_and_not_in_between():
    alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
    setup, models = with_models(alpha, exposure=EXPOSURE)
    diary = run(setup)
    changes = models[0].rebalances["regime"]
    assert models[0].rebalances == {"regime": changes, "insights": 1} or models[0].rebalances == {"regime": changes}
    assert 4 <= changes <= 12
    assert len({moment for moment, *_ in diary.orders}) <= changes + 1


def test_the_regime_takes_effect_at_the_next_open():
    shared = service()
    alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
    setup, _ = with_models(alpha, service=shared, exposure=EXPOSURE)
    seen: list[tuple[Any, str]] = []
    shared.on_change(lambda estimate: seen.append((estimate.as_of, estimate.symbol.split()[0])))
    diary = run(setup)
    flips = [moment.date() for moment, ticker in seen if ticker == "SPY"]
    ordered = sorted({moment.date() for moment, *_ in diary.orders})
    following = {day: DAYS[DAYS.index(day) + 1] for day in flips if date(2015, 1, 2) <= day < DAYS[-1]}
    assert set(following.values()) <= set(ordered)


def test_later_bars_change_no_earlier_order():
    day, found = 700, []
    for tail in (1.0, 0.5):
        series = closes(0)
        series[day:] = (series[day:] * tail).round(2)
        data = market().closes("SPY", series)
        alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
        diary = run(with_models(alpha, exposure=EXPOSURE, rebalance=timedelta(30))[0], data=data)
        found.append([order for order in diary.orders if order[0].date() < DAYS[day]])
    assert found[0] == found[1]
    assert found[0]


@pytest.mark.parametrize(
    "rebalance",
    [Resolution.DAILY, timedelta(days=7), lambda utc: utc + timedelta(days=7)],
)
def test_the_calendar_it_is_given(rebalance):
    alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
    setup, models = with_models(alpha, exposure=EXPOSURE, rebalance=rebalance)
    run(setup, end=(2015, 3, 31))
    n_bars = len([day for day in DAYS if date(2015, 1, 2) <= day <= date(2015, 3, 31)])
    expected = n_bars if rebalance == Resolution.DAILY else n_bars / 5
    assert models[0].rebalances["calendar"] == pytest.approx(expected, rel=0.2)


def test_a_date_rule_as_calendar():
    models: list[RegimePortfolioConstructionModel] = []

    def setup(algorithm: Any) -> None:
        rule = algorithm.date_rules.month_start("SPY")
        models.append(RegimePortfolioConstructionModel(service(), exposure=EXPOSURE, rebalance=rule))
        algorithm.set_alpha(ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800)))
        algorithm.set_portfolio_construction(models[0])

    run(setup, end=(2015, 6, 30))
    assert models[0].rebalances["calendar"] in (4, 5, 6)


def test_tolerance_leaves_drift_alone_but_not_exits_or_flips():
    def orders(tolerance: float) -> list[Any]:
        alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
        setup, _ = with_models(alpha, exposure=EXPOSURE, rebalance=Resolution.DAILY, tolerance=tolerance)
        return run(setup).orders

    every_day, rarely = orders(0.0), orders(0.1)
    assert len(rarely) < len(every_day) / 5
    assert len({moment for moment, *_ in rarely}) >= 4


def test_tolerance_never_swallows_a_change_that_all_symbols_share():
    # 30 weights of 0.033 are cut to 0.01 each: near one by one, far off together.
    tickers = [f"T{i:02d}" for i in range(30)]
    setup, _ = with_models(ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800)), exposure=EXPOSURE, tolerance=0.03)
    diary = run(setup, data=market().flat(*tickers), tickers=("SPY", *tickers), end=until(STORM))
    assert sum(diary.weights(CALM).values()) == pytest.approx(1.0, rel=0.05)
    assert sum(diary.weights(STORM).values()) == pytest.approx(0.3, rel=0.1)


def test_tolerance_keeps_the_gross_weight_when_symbols_join():
    tickers = [f"T{i:02d}" for i in range(20)]
    sayings = [(5 * i, ticker, UP, 400, {}) for i, ticker in enumerate(tickers)]
    diary = run(
        with_models(Says(*sayings), tolerance=0.05)[0], data=market().flat(*tickers), tickers=("SPY", *tickers), end=(2015, 7, 31)
    )
    assert max(sum(held.values()) for _, held in diary.holdings) < 1.06


def test_what_lost_its_insights_is_closed():
    setup, models = with_models(Says((0, "SPY", UP, 20, {}), (0, "QQQ", UP, 200, {})), exposure={})
    diary = run(setup, end=(2015, 3, 31))
    assert diary.weights(DAYS[510]).keys() == {"SPY", "QQQ"}
    assert diary.weights(DAYS[540]).keys() == {"QQQ"}
    assert models[0].rebalances["expiry"] == 1


@pytest.mark.parametrize("period", [5, 30])
def test_renewals_of_the_same_view_rebalance_nothing(period):
    shared = service()
    models: list[RegimePortfolioConstructionModel] = []

    def setup(algorithm: Any) -> None:
        models.append(RegimePortfolioConstructionModel(shared))
        algorithm.set_alpha(RegimeAlphaModel(shared, period=timedelta(period)))
        algorithm.set_portfolio_construction(models[0])

    diary = run(setup, tickers=("SPY", "QQQ", "IWM", "TLT"))
    said: dict[str, int] = {}
    bars_of_change = set()
    for insight in diary.insights:
        if said.get(insight["ticker"]) != insight["direction"]:
            bars_of_change.add(insight["utc"])
        said[insight["ticker"]] = insight["direction"]
    assert len({insight["utc"] for insight in diary.insights}) > len(bars_of_change), "there are renewals"
    assert models[0].rebalances == {"securities": 1, "insights": len(bars_of_change) - 1}
    # A rebalance shows as orders at the next open, and there are none without one.
    assert len({moment for moment, *_ in diary.orders}) <= len(bars_of_change)


@pytest.mark.parametrize("how", ["cancel", "expire", "clear", "remove"])
def test_insights_that_somebody_takes_back_are_closed_at_once(how):
    class TakesBack(Says):
        def update(self, algorithm: Any, data: Any) -> list[Insight]:
            said = super().update(algorithm, data)
            if self.day == 10:
                symbol = algorithm.securities["SPY"].symbol
                if how == "remove":
                    algorithm.insights.remove(algorithm.insights[symbol][0])
                else:
                    getattr(algorithm.insights, how)([symbol])
            return said

    setup, models = with_models(TakesBack((0, "SPY", UP, 200, {}), (0, "QQQ", UP, 200, {})))
    diary = run(setup, end=(2015, 3, 31))
    assert diary.weights(DAYS[513]).keys() == {"SPY", "QQQ"}
    assert diary.weights(DAYS[515]) == {"QQQ": pytest.approx(1.0, rel=0.05)}
    assert models[0].rebalances == {"securities": 1, "insights": 1}


def test_a_renewed_view_s_first_half_may_end_unnoticed_but_not_its_last():
    setup, models = with_models(Says((0, "SPY", UP, 10, {}), (8, "SPY", UP, 10, {}), (0, "QQQ", UP, 200, {})))
    diary = run(setup, end=(2015, 3, 31))
    assert diary.weights(DAYS[504 + 17]).keys() == {"SPY", "QQQ"}
    assert diary.weights(DAYS[504 + 21]).keys() == {"QQQ"}
    assert models[0].rebalances == {"securities": 1, "expiry": 1}


@pytest.mark.parametrize("switch", ["settings", "model"])
def test_lean_s_switch_turns_insights_off_as_a_cause(switch):
    models: list[RegimePortfolioConstructionModel] = []

    def setup(algorithm: Any) -> None:
        models.append(RegimePortfolioConstructionModel(service(), rebalance=timedelta(7)))
        if switch == "settings":
            algorithm.settings.rebalance_portfolio_on_insight_changes = False
        else:
            models[0].rebalance_on_insight_changes = False
        algorithm.set_alpha(Says((0, "SPY", UP, 8, {}), (0, "QQQ", UP, 200, {})))
        algorithm.set_portfolio_construction(models[0])

    diary = run(setup, end=(2015, 3, 31))
    assert models[0].rebalances.keys() == {"securities", "calendar"}
    assert diary.weights(DAYS[510]).keys() == {"SPY", "QQQ"}
    assert diary.weights(DAYS[530]).keys() == {"QQQ"}, "closed by the calendar"


def test_a_change_of_one_view_trades_no_other_symbol_for_drift():
    def orders(**arguments: Any) -> list[tuple[Any, str, float]]:
        sayings = [(0, "SPY", UP, 100, {}), (0, "QQQ", UP, 100, {}), (15, "QQQ", InsightDirection.DOWN, 100, {})]
        return run(with_models(Says(*sayings), **arguments)[0], end=(2015, 2, 27)).orders

    assert {ticker for _, ticker, _ in orders()[2:]} == {"QQQ"}
    assert {ticker for _, ticker, _ in orders(rebalance=timedelta(10))[2:]} == {"QQQ", "SPY"}


def test_a_change_that_moves_other_weights_trades_them_too():
    sayings = [(0, "SPY", UP, 100, {}), (0, "QQQ", UP, 100, {}), (15, "QQQ", InsightDirection.FLAT, 100, {})]
    diary = run(with_models(Says(*sayings))[0], end=(2015, 2, 27))
    assert diary.weights(DAYS[504 + 18]) == {"SPY": pytest.approx(1.0, rel=0.05)}


def test_a_number_that_moved_counts_where_models_weigh():
    def rebalances(**arguments: Any) -> int:
        sayings = [(day, "SPY", UP, 100, {"weight": weight}) for day, weight in ((0, 0.5), (5, 0.52), (10, 0.9))]
        setup, models = with_models(Says(*sayings), **arguments)
        run(setup, tickers=("SPY",), end=(2015, 2, 27))
        return models[0].rebalances.get("insights", 0)

    assert rebalances() == 0
    assert rebalances(models={None: InsightWeightingPortfolioConstructionModel()}) == 1


def test_leaving_an_allocation_closes_what_no_insight_wants():
    allocations = {Regime.BEAR: {"TLT": 0.6}}
    alpha = Says((0, "SPY", UP, 800, {}))
    setup, _ = with_models(alpha, allocations=allocations)
    diary = run(setup, tickers=("SPY", "TLT"))
    assert [set(diary.weights(day)) for day in (CALM, STORM, CALM_AGAIN)] == [{"SPY"}, {"TLT"}, {"SPY"}]


@pytest.mark.parametrize("field", ["weight", "confidence"])
def test_numbers_that_are_not_finite_count_as_absent_and_are_said_once(field):
    sayings = [(0, "SPY", UP, 100, {field: math.nan}), (0, "QQQ", UP, 100, {field: 0.8}), (5, "SPY", UP, 100, {field: math.nan})]
    inner = {
        "weight": InsightWeightingPortfolioConstructionModel,
        "confidence": ConfidenceWeightedPortfolioConstructionModel,
    }[field]()
    setup, _ = with_models(Says(*sayings), models={None: inner})
    diary = run(setup, end=(2015, 3, 31))
    assert diary.result.error is None
    assert diary.weights(DAYS[520]) == {"QQQ": pytest.approx(0.8, rel=0.2)}
    assert sum("not finite" in line for line in diary.lines()) == 1


GARBAGE = [math.nan, math.inf, -math.inf, 1e308, -1e308, 0.0, -0.0, 5e-324, -3.0, 0.4, None]


class Babbles(AlphaModel):
    """Two thirds nonsense, from two sources, at every bar."""

    def __init__(self, name: str, seed: int) -> None:
        super().__init__()
        self.name = name
        self._random = random.Random(seed)

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        def one(ticker: str) -> Insight:
            direction = self._random.choice([UP, InsightDirection.DOWN, InsightDirection.FLAT])
            days = timedelta(self._random.choice([1, 2, 5, 40]))
            magnitude, confidence, weight = (self._random.choice(GARBAGE) for _ in range(3))
            return Insight.price(ticker, days, direction, magnitude, confidence, None, weight)

        return [one(ticker) for ticker in ("SPY", "QQQ", "IWM") if self._random.random() < 0.6]

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        pass


class WeighsMadly(PortfolioConstructionModel):
    def __init__(self) -> None:
        super().__init__()
        self._random = random.Random(5)

    def determine_target_percent(self, insights: Any) -> dict[Any, float]:
        return {insight: self._random.choice([x for x in GARBAGE if x is not None]) for insight in insights}


@pytest.mark.parametrize(
    "inner", [None, InsightWeightingPortfolioConstructionModel, ConfidenceWeightedPortfolioConstructionModel, WeighsMadly]
)
@pytest.mark.parametrize("by_source", [False, True])
@pytest.mark.parametrize("bias", [PortfolioBias.LONG_SHORT, PortfolioBias.LONG, PortfolioBias.SHORT])
def test_weights_are_finite_and_within_limits_whatever_the_insights_say(inner, by_source, bias):
    asked: list[dict[str, float]] = []

    class Watched(RegimePortfolioConstructionModel):
        def determine_target_percent(self, insights: Any) -> Any:
            answer = super().determine_target_percent(insights)
            asked.append({insight.symbol.value: weight for insight, weight in answer.items()})
            return answer

    def setup(algorithm: Any) -> None:
        for number, name in enumerate(("A", "B")):
            algorithm.add_alpha(Babbles(name, number))
        algorithm.set_portfolio_construction(
            Watched(
                service(),
                rebalance=Resolution.DAILY,
                portfolio_bias=bias,
                models=None if inner is None else {None: inner()},
                sources={"A": 0.9, "*": {Regime.BULL: 0.7}} if by_source else None,
                exposure={Regime.BULL: 0.8, Regime.BEAR: 0.3},
                max_weight=0.25,
                max_gross=0.8,
            )
        )

    diary = run(setup, tickers=("SPY", "QQQ", "IWM"), end=(2015, 4, 30))
    assert diary.result.error is None
    assert len(asked) > 70
    for weights in asked:
        assert all(math.isfinite(weight) and abs(weight) <= 0.25 for weight in weights.values())
        assert sum(map(abs, weights.values())) <= 0.8 + 1e-12
        assert all(weight * int(bias) >= 0 for weight in weights.values())


def test_a_position_of_the_last_regime_is_not_kept_by_an_inner_model_that_refuses_it():
    alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))
    inner = {
        Regime.BULL: EqualWeightingPortfolioConstructionModel(timedelta(14)),
        Regime.BEAR: InsightWeightingPortfolioConstructionModel(),
    }
    diary = run(with_models(alpha, models=inner)[0])
    assert diary.weights(STORM) == {}
    assert diary.weights(CALM_AGAIN).keys() == {"SPY", "QQQ"}


def test_inner_models_hear_of_security_changes():
    heard: list[list[str]] = []

    class Listens(PortfolioConstructionModel):
        def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
            heard.append([security.symbol.value for security in changes.added_securities])

        def determine_target_percent(self, insights: Any) -> dict[Any, float]:
            return dict.fromkeys(insights, 0.1)

    run(with_models(None, models={Regime.BULL: Listens(), None: Listens()})[0], end=(2015, 1, 9))
    assert heard == [["QQQ", "SPY"], ["QQQ", "SPY"]]


def test_a_symbol_without_a_price_waits_without_error():
    data = market().missing("QQQ", *DAYS[:520])
    alpha = Says((0, "SPY", UP, 300, {}), (0, "QQQ", UP, 300, {}))
    setup, models = with_models(alpha)
    diary = run(setup, data=data, end=(2015, 6, 30))
    assert diary.result.error is None
    assert not [line for line in diary.lines() if "price" in line.lower() and "QQQ" in line]
    assert diary.weights(DAYS[515]).keys() == {"SPY"}
    assert diary.weights(DAYS[525]).keys() == {"SPY", "QQQ"}
    assert models[0].rebalances["price"] == 1


def test_after_a_warm_up_nothing_of_the_warm_up_s_prices_is_ordered():
    alpha = Says((0, "SPY", UP, 300, {}))
    setup, models = with_models(alpha)
    diary = run(setup, warm_up=60, end=(2015, 1, 30))
    assert models[0].rebalances["warm-up"] == 1
    assert diary.weights(DAYS[512])["SPY"] == pytest.approx(1.0, rel=0.03)


@pytest.mark.parametrize(("n_symbols", "swallowed"), [(400, False), (500, True)])
def test_five_hundred_equal_weights_are_below_lean_s_default_minimum(n_symbols, swallowed):
    with ModelBench(["SPY"]) as bench:
        weights = {f"T{i:03d}": 1.0 / n_symbols for i in range(n_symbols)}
        symbols = dict.fromkeys(weights, bench.algorithm.securities["SPY"].symbol)
        least = below_minimum(bench.algorithm, weights, symbols)
        bench.algorithm.settings.minimum_order_margin_portfolio_percentage = 0
        assert below_minimum(bench.algorithm, weights, symbols) is None
    assert least == (0.001 if swallowed else None)


def test_a_universe_whose_orders_lean_would_swallow_is_warned_of():
    tickers = [f"T{i:03d}" for i in range(8)]
    data = market().flat(*tickers)
    alpha = ConstantAlphaModel(InsightType.PRICE, UP, timedelta(800))

    def setup(algorithm: Any) -> None:
        algorithm.settings.minimum_order_margin_portfolio_percentage = 0.07
        algorithm.set_alpha(alpha)
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(service(market=None)))

    diary = run(setup, data=data, tickers=tickers, end=(2015, 2, 27))
    assert diary.orders == []
    assert sum("no weight reaches" in line for line in diary.lines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"exposure": {"moon": 1.0}}, ["exposure", "moon", "BULL"]),
        ({"exposure": {Regime.BULL: 1.2}}, ["exposure[Bull]", "at most 1", "1.2"]),
        ({"allocations": {Regime.BEAR: {"TLT": 0.7, "GLD": 0.5}}}, ["allocations[Bear]", "max_gross", "1.2"]),
        ({"models": {Regime.BULL: EqualWeightingPortfolioConstructionModel()}}, ["models", "BEAR", "None"]),
        ({"models": {None: "equal"}}, ["models[None]", "portfolio construction model"]),
        ({"sources": {"A": -1.0}}, ["sources[A]", "at least 0"]),
        ({"max_weight": math.nan}, ["max_weight", "nan"]),
        ({"tolerance": 2.0}, ["tolerance", "at most 1"]),
        ({"max_gross": -1.0}, ["max_gross", "at least 0", "-1"]),
        ({"portfolio_bias": "LONG"}, ["portfolio_bias", "PortfolioBias", "LONG"]),
        ({"sources": {"A": {"moon": 0.5}}}, ["sources[A]", "moon", "BULL"]),
        ({"allocations": {"moon": {"TLT": 0.7}}}, ["allocations", "moon", "BULL"]),
        ({"models": {"moon": EqualWeightingPortfolioConstructionModel()}}, ["models", "moon", "BULL"]),
        ({"rebalance": "weekly"}, ["rebalance", "weekly"]),
        ({"rebalance": timedelta(0)}, ["rebalance", "positive"]),
    ],
)
def test_construction_errors_name_parameter_rule_and_value(arguments, words):
    with pytest.raises(InvalidSetting) as raised:
        RegimePortfolioConstructionModel(service(), **arguments)
    assert all(word in str(raised.value) for word in words)


@pytest.mark.parametrize(
    "arguments",
    [{"exposure": EXPOSURE}, {"allocations": {Regime.BEAR: {"TLT": 1.0}}}, {"sources": {"A": {Regime.BULL: 1.0}}}],
)
def test_a_market_is_needed_where_anything_is_keyed_by_its_regime(arguments):
    with pytest.raises(InvalidSetting, match="market"):
        RegimePortfolioConstructionModel(service(market=None), **arguments)


def test_without_anything_keyed_no_market_is_needed():
    RegimePortfolioConstructionModel(service(market=None), sources={"A": 1.0})


def test_tickers_of_allocations_that_cannot_be_traded_are_named_in_one_error_at_the_start():
    allocations = {Regime.BEAR: {"GLD": 0.5, "TLT": 0.2}, Regime.BULL: {"SHY": 0.5}}
    error = run(with_models(None, allocations=allocations)[0], tickers=("SPY", "TLT"), end=(2015, 1, 9)).result.error
    assert "allocations" in str(error)
    assert "['GLD', 'SHY']" in str(error)


def test_an_allocation_s_security_that_leaves_is_named_and_its_share_stays_in_cash():
    def setup(algorithm: Any) -> None:
        algorithm.set_portfolio_construction(
            RegimePortfolioConstructionModel(service(), allocations={Regime.BULL: {"SPY": 0.3, "TLT": 0.5}})
        )
        rule = algorithm.date_rules.on(2015, 1, 20)
        algorithm.schedule.on(rule, algorithm.time_rules.at(12, 0), lambda: algorithm.remove_security("TLT"))

    diary = run(setup, tickers=("SPY", "TLT"), end=(2015, 2, 13))
    assert diary.result.error is None
    assert diary.weights(DAYS[510]).keys() == {"SPY", "TLT"}
    assert diary.weights(DAYS[530]) == {"SPY": pytest.approx(0.3, rel=0.1)}
    assert sum("TLT, which left the universe" in line for line in diary.lines()) == 1


def test_either_model_alone_feeds_the_service_and_both_feed_it_once():
    found = []
    for alpha, portfolio in ((True, False), (False, True), (True, True)):
        shared = service()

        def setup(algorithm: Any, shared: Any = shared, alpha: bool = alpha, portfolio: bool = portfolio) -> None:
            if alpha:
                algorithm.set_alpha(RegimeAlphaModel(shared))
            if portfolio:
                algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure=EXPOSURE))

        run(setup, end=(2015, 3, 31))
        statistics = shared.statistics
        assert statistics.bars_repeated == 0
        found.append((statistics.bars_seen, shared.estimate("SPY").bars, shared.estimate("QQQ").probabilities.tobytes()))
    assert found[0] == found[1] == found[2]
