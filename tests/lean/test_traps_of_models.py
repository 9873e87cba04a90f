"""Traps that the engine sets for models, each on the stand-in; letters are those of the notes on composition.

A portfolio models inside one another, B several alphas, C risk, E times and warm-up, G output and storing, J classes; the rest
(D universes, E closes, F splits) is in test_traps.py and test_daily_closes.py, H in test_crossings.py, I (kernels) in tests/models,
K (base algorithms) in test_classic.py.
"""

import ast
import pickle
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from AlgorithmImports import (
    ConstantAlphaModel,
    DataNormalizationMode,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightType,
    QCAlgorithm,
    Resolution,
    RiskManagementModel,
)
from AlgorithmImports import PortfolioTarget as Target
from lean_stubs import run_algorithm

import regime_framework
from regime_framework import Regime, RegimeConfig
from regime_framework.lean import (
    RegimeAlphaModel,
    RegimePortfolioConstructionModel,
    RegimeRiskManagementModel,
    RegimeUniverseSelectionModel,
)
from regime_framework.service import BatchRegimeUpdater
from tests.lean.worlds import CONFIG, market, run, service

DAYS = market().days
STORM, CALM_AGAIN = DAYS[650], DAYS[800]
OURS = str(Path(regime_framework.__file__).parent)
THEIRS = str(Path(sys.modules["lean_stubs"].__file__ or "").parent.parent)
UP_ALWAYS = {Regime.BEAR: InsightDirection.UP}


def always_up() -> ConstantAlphaModel:
    return ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(800))


def all_models(algorithm: Any, shared: Any) -> None:
    algorithm.universe_settings.resolution = Resolution.DAILY
    algorithm.set_universe_selection(RegimeUniverseSelectionModel(["SPY", "QQQ"], keep=list(Regime), config=CONFIG))
    algorithm.add_alpha(RegimeAlphaModel(shared, directions=UP_ALWAYS))
    algorithm.set_portfolio_construction(
        RegimePortfolioConstructionModel(
            shared, exposure={Regime.BEAR: 0.5}, models={None: EqualWeightingPortfolioConstructionModel()}
        )
    )
    algorithm.set_risk_management(RegimeRiskManagementModel(shared, max_exposure=0.4))


# A


def test_the_calendar_of_an_inner_model_holds_nothing_up():
    never = timedelta(2000)
    inner = {regime: EqualWeightingPortfolioConstructionModel(never) for regime in (Regime.BULL, Regime.BEAR)}
    models: list[Any] = []

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(always_up())
        models.append(RegimePortfolioConstructionModel(service(), models=inner, exposure={Regime.BEAR: 0.2}))
        algorithm.set_portfolio_construction(models[0])

    diary = run(setup)
    assert sum(diary.weights(STORM).values()) == pytest.approx(0.2, rel=0.25)
    assert sum(diary.weights(CALM_AGAIN).values()) == pytest.approx(1.0, rel=0.1)
    assert models[0].rebalances["regime"] >= 4


# C


class Halves(RiskManagementModel):
    """A user's model: half of whatever is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[float] = []

    def manage_risk(self, algorithm: Any, targets: Any) -> list[Any]:
        self.seen += [float(target.quantity) for target in targets]
        return [Target(target.symbol, int(target.quantity / 2)) for target in targets]


@pytest.mark.parametrize("ours_first", [True, False])
def test_beside_another_risk_model_each_sees_what_the_one_before_left(ours_first):
    other = Halves()

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(always_up())
        algorithm.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(Resolution.DAILY))
        models = [RegimeRiskManagementModel(service(), max_exposure=0.4), other]
        for model in models if ours_first else reversed(models):
            algorithm.add_risk_management(model)

    diary = run(setup)
    assert diary.result.error is None
    # Ours leaves .4, the other halves it; or the other halves 1 to .5 and ours cuts that to .4.
    assert sum(diary.weights(STORM).values()) == pytest.approx(0.2 if ours_first else 0.4, rel=0.1)
    assert sum(diary.weights(CALM_AGAIN).values()) == pytest.approx(0.5, rel=0.1)


# E


@pytest.mark.parametrize("warm_up", [(5, Resolution.DAILY), (1000, None)], ids=["days", "minutes"])
def test_a_warm_up_beside_minutes_repeats_no_day(warm_up):
    shared = service()
    updates: list[Any] = []
    update = shared.update
    shared.update = lambda now, bars: updates.append(now) or update(now, bars)  # type: ignore[func-returns-value]

    def setup(algorithm: Any) -> None:
        algorithm.set_warm_up(*[part for part in warm_up if part is not None])
        algorithm.set_alpha(RegimeAlphaModel(shared))

    diary = run(setup, tickers=("SPY",), resolution=Resolution.MINUTE, end=(2015, 1, 9))
    assert diary.result.error is None
    assert updates == sorted(set(updates))
    days = [now.date() for now in updates]
    assert days == [day for day in DAYS if days[0] <= day <= days[-1]]
    assert days[-1].isoformat() == "2015-01-09"
    assert not any(insight["warming_up"] for insight in diary.insights)


def test_a_raw_dividend_rescales_nothing():
    paid, plain = service(), service()
    for shared, data in ((paid, market().dividend("SPY", DAYS[530], 2)), (plain, market())):

        def setup(algorithm: Any, shared: Any = shared) -> None:
            algorithm.add_equity("SPY", Resolution.DAILY, data_normalization_mode=DataNormalizationMode.RAW)
            algorithm.set_alpha(RegimeAlphaModel(shared))

        run(setup, data=data, tickers=(), end=(2015, 3, 31))
    assert paid.estimate("SPY").bars == plain.estimate("SPY").bars
    assert paid.statistics.bars_rejected == {}


def test_an_end_without_a_zone_in_lean_s_collection_meets_no_aware_time():
    """A user may put an insight there by hand, which the engine has given no times."""

    def setup(algorithm: Any) -> None:
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(service(), exposure={Regime.BEAR: 0.5}))
        rule = algorithm.date_rules.on(2015, 1, 12)
        algorithm.schedule.on(rule, algorithm.time_rules.at(12, 0), lambda: by_hand(algorithm))

    def by_hand(algorithm: Any) -> None:
        algorithm.insights.add(Insight.price("SPY", timedelta(days=5), InsightDirection.UP))

    assert run(setup, end=(2015, 2, 27)).result.error is None


def test_a_symbol_that_left_while_it_waited_for_a_price_is_no_error():
    data = market().missing("QQQ", *DAYS[:560])

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(always_up())
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(service(), exposure={Regime.BEAR: 0.5}))
        rule = algorithm.date_rules.on(2015, 1, 20)
        algorithm.schedule.on(rule, algorithm.time_rules.at(12, 0), lambda: algorithm.remove_security("QQQ"))

    diary = run(setup, data=data, end=(2015, 4, 30))
    assert diary.result.error is None
    assert diary.weights(DAYS[530]).keys() == {"SPY"}


# G and "What this means": nothing of ours on LEAN's objects, nothing of LEAN's in a worker


@contextmanager
def noted_writes(*kinds: type) -> Iterator[list[tuple[str, str]]]:
    """Attributes that our files set on objects of these classes of LEAN's."""
    written: list[tuple[str, str]] = []

    def noting(kind: type) -> Any:
        plain = kind.__setattr__

        def noted(self: Any, name: str, value: Any) -> None:
            if sys._getframe(1).f_code.co_filename.startswith(OURS):
                written.append((kind.__name__, name))
            plain(self, name, value)

        return noted

    plain = {kind: vars(kind).get("__setattr__") for kind in kinds}
    for kind in kinds:
        type.__setattr__(kind, "__setattr__", noting(kind))
    try:
        yield written
    finally:
        for kind, own in plain.items():
            if own is None:
                type.__delattr__(kind, "__setattr__")
            else:
                type.__setattr__(kind, "__setattr__", own)


def test_nothing_is_stored_on_the_algorithm_or_on_insights_in_a_whole_run():
    held: list[set[str]] = []
    insights: list[Any] = []

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2016, 12, 30)
            self.set_warm_up(10, Resolution.DAILY)
            self.insights_generated += lambda sender, collection: insights.extend(collection.insights)
            before = set(vars(self))
            all_models(self, service())
            held.extend([before, set(vars(self))])

        def on_data(self, data: Any) -> None:
            held.append(set(vars(self)))

        def on_end_of_algorithm(self) -> None:
            held.append(set(vars(self)))

    with noted_writes(QCAlgorithm, Insight) as written:
        run_algorithm(Tested, data=market()).check()
    assert written == []
    assert all(names == held[0] for names in held), set().union(*held) - held[0]
    fresh = set(vars(Insight.price("SPY", timedelta(1), InsightDirection.UP)))
    assert len(insights) > 10
    assert {frozenset(vars(insight)) for insight in insights} == {frozenset(fresh)}


def test_the_check_above_sees_a_write():
    source = compile("def write(thing):\n    thing.regime = 1", f"{OURS}/made_up.py", "exec")
    names: dict[str, Any] = {}
    exec(source, names)
    insight = Insight.price("SPY", timedelta(1), InsightDirection.UP)
    with noted_writes(Insight) as written:
        names["write"](insight)
    assert written == [("Insight", "regime")]


LEANS = {"algorithm", "insight", "insights", "security", "symbol", "data", "bar", "target", "changes", "universe", "split"}


def sets_on_lean(node: ast.AST) -> bool:
    """An assignment to an attribute of an object of LEAN's, or a setattr."""
    if isinstance(node, ast.Call):
        # Classes of users get the other spelling of what they override.
        return isinstance(node.func, ast.Name) and node.func.id == "setattr" and ast.unparse(node.args[0]) != "kind"
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    attributes = [target for target in targets if isinstance(target, ast.Attribute)]
    return any(isinstance(target.value, ast.Name) and target.value.id in LEANS for target in attributes)


def test_no_line_of_ours_sets_an_attribute_of_an_object_of_lean_s():
    for path in sorted((Path(OURS) / "lean").glob("*.py")):
        lines = [node.lineno for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if sets_on_lean(node)]
        assert lines == [], path.name


class Pickles(ThreadPoolExecutor):
    """An executor that looks at what is handed to it."""

    def __init__(self) -> None:
        super().__init__(2)
        self.sent: list[bytes] = []

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.sent.append(pickle.dumps((function, arguments, named)))
        return super().submit(function, *arguments, **named)


def test_workers_get_arrays_and_nothing_of_lean_s():
    executor = Pickles()
    shared = service(batch=BatchRegimeUpdater(executor=executor), config=RegimeConfig(lookback=252, retrain="weekly"))
    run(lambda algorithm: all_models(algorithm, shared), tickers=(), end=(2015, 3, 31))
    assert executor.sent
    for sent in executor.sent:
        assert b"numpy" in sent
        assert b"lean_stubs" not in sent
        assert b"AlgorithmImports" not in sent


def test_no_thread_but_the_engine_s_own_calls_into_lean():
    calls: list[str] = []

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(THEIRS):
            calls.append(f"{threading.current_thread().name}: {frame.f_code.co_qualname}")

    shared = service(batch=BatchRegimeUpdater(2), config=RegimeConfig(lookback=252, retrain="daily"))
    threading.setprofile(watch)
    try:
        run(lambda algorithm: all_models(algorithm, shared), tickers=(), end=(2015, 2, 27))
    finally:
        threading.setprofile(None)  # type: ignore[arg-type]
    assert shared.statistics.trainings > 50
    assert calls == []
