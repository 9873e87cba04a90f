from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from AlgorithmImports import EqualWeightingPortfolioConstructionModel, InsightDirection, Resolution

from regime_framework import InvalidSetting, Regime
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeUniverseSelectionModel
from tests.lean.worlds import CONFIG, closes, market, run, service

DAYS = market().days
CALM, STORM = DAYS[560], DAYS[650]


def selected(data: Any = None, models: Any = None, **arguments: Any):
    model = RegimeUniverseSelectionModel(["SPY", "QQQ", "TLT"], keep=[Regime.BULL], config=CONFIG, **arguments)
    seen: list[tuple[Any, list[str], list[str]]] = []

    def setup(algorithm: Any) -> None:
        algorithm.universe_settings.resolution = Resolution.DAILY
        algorithm.set_universe_selection(model)
        select = model.select

        def noted(current: Any) -> list[Any]:
            symbols = select(current)
            seen.append((current.time, [symbol.value for symbol in symbols]))
            return symbols

        model.select = noted
        if models is not None:
            models(algorithm)

    diary = run(setup, data=data, tickers=())
    return diary, dict(seen)


def at(seen: dict[Any, list[str]], day: Any) -> list[str]:
    return next(symbols for moment, symbols in sorted(seen.items(), reverse=True) if moment.date() <= day)


def test_it_keeps_what_is_calm():
    diary, seen = selected()
    assert diary.result.error is None
    assert at(seen, CALM) == ["QQQ", "SPY", "TLT"]
    assert at(seen, STORM) == ["TLT"]
    assert {moment.hour for moment in seen} == {9}
    assert min(seen).date() == DAYS[504]


def test_it_chooses_once_a_month():
    _, seen = selected()
    changes = [after for before, after in pairwise(sorted(seen)) if seen[before] != seen[after]]
    assert changes
    assert all((DAYS[DAYS.index(moment.date()) - 1]).month != moment.month for moment in changes)


def test_a_rule_of_the_user_s():
    model_rules: list[Any] = []

    def setup(algorithm: Any) -> None:
        rule = algorithm.date_rules.week_start("SPY")
        model = RegimeUniverseSelectionModel(
            ["SPY", "QQQ"], config=CONFIG, date_rule=rule, time_rule=algorithm.time_rules.at(10, 0)
        )
        select = model.select

        def noted(current: Any) -> list[Any]:
            model_rules.append(current.time)
            return select(current)

        model.select = noted
        algorithm.set_universe_selection(model)

    run(setup, tickers=(), end=(2015, 3, 31))
    assert {(moment.weekday(), moment.hour) for moment in model_rules} <= {(0, 10), (1, 10)}
    assert 10 <= len(model_rules) <= 13


def test_always():
    _, seen = selected(always=["SPY"])
    assert at(seen, STORM) == ["SPY", "TLT"]


def test_later_bars_change_no_earlier_selection():
    day, found = 700, []
    for tail in (1.0, 0.5):
        series = closes(0)
        series[day:] = (series[day:] * tail).round(2)
        _, seen = selected(market().closes("SPY", series))
        found.append({moment: symbols for moment, symbols in seen.items() if moment.date() <= DAYS[day]})
    assert found[0] == found[1]


def test_a_candidate_without_enough_history_waits():
    _, seen = selected(market().missing("TLT", *DAYS[:450]))
    assert "TLT" not in at(seen, DAYS[510])
    assert "TLT" in at(seen, DAYS[780])


def test_models_above_it_hold_members_only_and_never_speak_of_others():
    shared = service()

    def models(algorithm: Any) -> None:
        algorithm.set_alpha(RegimeAlphaModel(shared, directions={Regime.BEAR: InsightDirection.FLAT}))
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure={Regime.BEAR: 0.5}))

    diary, seen = selected(models=models, always=["SPY"])
    assert diary.result.error is None
    for insight in diary.insights:
        local_day = insight["utc"].date()
        assert insight["ticker"] in at(seen, local_day)
    assert diary.weights(STORM).keys() <= {"SPY", "TLT"}


def test_a_symbol_that_comes_back_is_followed_from_a_fresh_window():
    shared = service()
    diary, seen = selected(
        models=lambda algorithm: (
            algorithm.set_alpha(RegimeAlphaModel(shared)),
            algorithm.set_portfolio_construction(EqualWeightingPortfolioConstructionModel()),
        ),
        always=["SPY"],
    )
    times = sorted(seen)
    left = next(i for i, moment in enumerate(times) if "QQQ" not in seen[moment])
    back = next(moment for moment in times[left:] if "QQQ" in seen[moment])
    after = [insight for insight in diary.of("QQQ") if insight["utc"].date() >= back.date()]
    assert after
    assert after[0]["utc"] - back < timedelta(days=4)


@pytest.mark.parametrize("candidates", [[], "SPY"])
def test_bad_candidates(candidates):
    with pytest.raises(InvalidSetting, match="candidates"):
        RegimeUniverseSelectionModel(candidates)


class Asked:
    """An algorithm whose history requests are noted."""

    def __init__(self, algorithm: Any, requests: list[tuple[int, int]]) -> None:
        self._algorithm, self._requests = algorithm, requests

    def __getattr__(self, name: str) -> Any:
        return getattr(self._algorithm, name)

    def history(self, symbols: list[Any], periods: int, *rest: Any, **options: Any) -> Any:
        self._requests.append((len(symbols), periods))
        return self._algorithm.history(symbols, periods, *rest, **options)


def test_candidates_come_by_one_request_a_selection_and_later_only_what_is_new():
    requests: list[tuple[int, int]] = []
    model = RegimeUniverseSelectionModel(["SPY", "QQQ", "TLT"], config=CONFIG)
    select = model.select

    def setup(algorithm: Any) -> None:
        model.select = lambda current: select(Asked(current, requests))
        algorithm.set_universe_selection(model)

    run(setup, tickers=(), end=(2015, 3, 31))
    assert [n for n, _ in requests] == [3, 3, 3]
    assert requests[0][1] == CONFIG.lookback + 1
    assert all(periods < 40 for _, periods in requests[1:])


def test_bad_always():
    with pytest.raises(InvalidSetting, match="always must be a list"):
        RegimeUniverseSelectionModel(["SPY"], always="QQQ")


def test_bad_keep():
    with pytest.raises(InvalidSetting, match="keep"):
        RegimeUniverseSelectionModel(["SPY"], keep=[])
