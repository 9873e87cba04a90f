"""Our models answer to both spellings of LEAN's names, as LEAN's own do, and so does what users derive from them."""

from datetime import timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    ConstantAlphaModel,
    EqualWeightingPortfolioConstructionModel,
    InsightDirection,
    InsightType,
    QCAlgorithm,
    Resolution,
)
from lean_stubs import run_algorithm

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import (
    HiddenRegimeAlgorithm,
    RegimeAlphaModel,
    RegimeIndicator,
    RegimePortfolioConstructionModel,
    RegimeRiskManagementModel,
    RegimeUniverseSelectionModel,
)
from tests.lean.worlds import CONFIG, market, run, service

SPELLINGS = {
    RegimeAlphaModel: {"Update": "update", "OnSecuritiesChanged": "on_securities_changed"},
    RegimePortfolioConstructionModel: {
        "CreateTargets": "create_targets",
        "OnSecuritiesChanged": "on_securities_changed",
        "IsRebalanceDue": "is_rebalance_due",
        "GetTargetInsights": "get_target_insights",
        "DetermineTargetPercent": "determine_target_percent",
    },
    RegimeRiskManagementModel: {"ManageRisk": "manage_risk", "OnSecuritiesChanged": "on_securities_changed"},
    RegimeUniverseSelectionModel: {"CreateUniverses": "create_universes"},
    RegimeIndicator: {"Update": "update", "Reset": "reset", "IsReady": "is_ready"},
    HiddenRegimeAlgorithm: {"Initialize": "initialize", "OnData": "on_data", "OnRegimeChange": "on_regime_change"},
}
PAIRS = [(kind, pascal, snake) for kind, names in SPELLINGS.items() for pascal, snake in names.items()]


@pytest.mark.parametrize(("kind", "pascal", "snake"), PAIRS)
def test_both_names_are_one_method(kind, pascal, snake):
    assert vars(kind)[pascal] is vars(kind)[snake]


@pytest.mark.parametrize(("kind", "pascal", "snake"), PAIRS)
def test_an_override_by_either_name_has_both(kind, pascal, snake):
    def own(*arguments: Any) -> None: ...

    for written, other in ((pascal, snake), (snake, pascal)):
        assert vars(type("Derived", (kind,), {written: own}))[other] is own
    twice = type("Twice", (type("Derived", (kind,), {pascal: own}),), {})
    assert getattr(twice, snake) is own


def test_what_only_lean_names_is_left_alone():
    def own(*arguments: Any) -> None: ...

    derived = type("Derived", (HiddenRegimeAlgorithm,), {"OnOrderEvent": own})
    assert "on_order_event" not in vars(derived)


def test_every_method_of_lean_s_that_a_model_of_ours_overrides_is_in_this_list():
    for kind, names in SPELLINGS.items():
        overridden = {
            name
            for name in vars(kind)
            if not name.startswith("_") and name.islower() and any(name in vars(base) for base in kind.__mro__[1:])
        }
        assert overridden <= set(names.values()) | {"on_end_of_algorithm"}, kind


def test_the_engine_calls_overrides_in_pascal_case():
    called: set[str] = set()

    class Alpha(RegimeAlphaModel):
        def Update(self, algorithm: Any, data: Any) -> Any:  # noqa: N802
            called.add("Update")
            return super().Update(algorithm, data)

        def OnSecuritiesChanged(self, algorithm: Any, changes: Any) -> None:  # noqa: N802
            called.add("OnSecuritiesChanged")
            super().OnSecuritiesChanged(algorithm, changes)

    class Portfolio(RegimePortfolioConstructionModel):
        def DetermineTargetPercent(self, insights: Any) -> Any:  # noqa: N802
            called.add("DetermineTargetPercent")
            return {insight: weight / 2 for insight, weight in super().DetermineTargetPercent(insights).items()}

    class Risk(RegimeRiskManagementModel):
        def ManageRisk(self, algorithm: Any, targets: Any) -> Any:  # noqa: N802
            called.add("ManageRisk")
            return super().ManageRisk(algorithm, targets)

    class Universe(RegimeUniverseSelectionModel):
        def CreateUniverses(self, algorithm: Any) -> Any:  # noqa: N802
            called.add("CreateUniverses")
            return super().CreateUniverses(algorithm)

    shared = service()

    def setup(algorithm: Any) -> None:
        algorithm.universe_settings.resolution = Resolution.DAILY
        algorithm.set_universe_selection(Universe(["SPY", "QQQ"], keep=list(Regime), config=CONFIG))
        algorithm.set_alpha(Alpha(shared, directions={Regime.BEAR: InsightDirection.UP}))
        algorithm.set_portfolio_construction(Portfolio(shared))
        algorithm.set_risk_management(Risk(shared, exit_in=[Regime.CRISIS]))

    diary = run(setup, tickers=(), end=(2015, 1, 30))
    assert diary.result.error is None
    assert called == {"Update", "OnSecuritiesChanged", "DetermineTargetPercent", "ManageRisk", "CreateUniverses"}
    assert diary.holdings[-1][1] == {ticker: pytest.approx(0.25, rel=0.1) for ticker in ("SPY", "QQQ")}


def test_an_algorithm_that_calls_and_reads_in_pascal_case():
    seen: list[tuple[bool, float]] = []

    class Tested(QCAlgorithm):
        def Initialize(self) -> None:  # noqa: N802
            self.SetStartDate(2015, 1, 2)
            self.SetEndDate(2015, 1, 30)
            self._symbol = self.AddEquity("SPY", Resolution.Daily).Symbol
            self._indicator = RegimeIndicator(RegimeConfig(lookback=252, observation="close", emission="gaussian"))
            for bar in self.History(self._symbol, 260, Resolution.Daily).itertuples():
                self._indicator.Update(bar.Index[1], bar.close)
            shared = service()
            self.SetAlpha(ConstantAlphaModel(InsightType.Price, InsightDirection.Up, timedelta(30)))
            self.SetPortfolioConstruction(EqualWeightingPortfolioConstructionModel())
            self.SetRiskManagement(RegimeRiskManagementModel(shared))

        def OnData(self, data: Any) -> None:  # noqa: N802
            seen.append((self._indicator.IsReady, self._indicator.Name == "Regime"))

    run_algorithm(Tested, data=market()).check()
    assert set(seen) == {(True, True)}
