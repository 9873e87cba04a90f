"""What is wrong with a composition ends the run before its first bar, in words that name parameter, rule and value."""

from typing import Any

import pytest
from AlgorithmImports import (
    EqualWeightingPortfolioConstructionModel,
    InsightDirection,
    InsightWeightingPortfolioConstructionModel,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
)
from lean_stubs import run_algorithm

from regime_framework import InvalidSetting, Regime
from regime_framework.lean import (
    RegimeAlphaModel,
    RegimePortfolioConstructionModel,
    RegimeRiskManagementModel,
    RegimeUniverseSelectionModel,
)
from tests.lean.worlds import market, service


class OnlyTargets(PortfolioConstructionModel):
    def create_targets(self, algorithm: Any, insights: Any) -> list[Any]:
        return []


def alpha(*models: Any) -> Any:
    return lambda algorithm: [algorithm.add_alpha(model()) for model in models]


def portfolio(shared: Any = None, **arguments: Any) -> Any:
    return lambda algorithm: algorithm.set_portfolio_construction(
        RegimePortfolioConstructionModel(service() if shared is None else shared, **arguments)
    )


def risk(**arguments: Any) -> Any:
    return lambda algorithm: algorithm.set_risk_management(RegimeRiskManagementModel(service(), **arguments))


def twice_the_name(algorithm: Any) -> None:
    shared = service()
    algorithm.add_alpha(RegimeAlphaModel(shared))
    algorithm.add_alpha(RegimeAlphaModel(shared))


CASES = {
    "an unknown regime in directions": (
        alpha(lambda: RegimeAlphaModel(service(), directions={"moon": InsightDirection.UP})),
        ["directions", "keyed by regimes", "moon"],
    ),
    "an unknown regime in exposure": (portfolio(exposure={"moon": 1.0}), ["exposure", "keyed by regimes", "moon"]),
    "an unknown regime in allocations": (
        portfolio(allocations={"moon": {"TLT": 1.0}}),
        ["allocations", "keyed by regimes", "moon"],
    ),
    "an unknown regime in models": (
        portfolio(models={"moon": EqualWeightingPortfolioConstructionModel()}),
        ["models", "keyed by regimes", "moon"],
    ),
    "an unknown regime in sources": (portfolio(sources={"A": {"moon": 1.0}}), ["sources[A]", "keyed by regimes", "moon"]),
    "an unknown regime to exit in": (risk(exit_in=["moon"]), ["exit_in", "keyed by regimes", "moon"]),
    "an unknown regime to cap": (risk(max_exposure={"moon": 0.5}), ["max_exposure", "keyed by regimes", "moon"]),
    "an unknown regime to keep": (
        lambda algorithm: algorithm.set_universe_selection(RegimeUniverseSelectionModel(["SPY"], keep=["moon"])),
        ["keep", "keyed by regimes", "moon"],
    ),
    "allocations above the gross limit": (
        portfolio(allocations={Regime.BEAR: {"SPY": 0.7, "QQQ": 0.5}}),
        ["allocations[Bear]", "at most max_gross (1)", "1.2"],
    ),
    "exposure above the gross limit": (portfolio(exposure={Regime.BULL: 1.5}), ["exposure[Bull]", "at most 1", "1.5"]),
    "an allocation of what is no security": (
        portfolio(allocations={Regime.BEAR: {"GLD": 0.5, "SHY": 0.2}}),
        ["allocations", "added and can trade", "['GLD', 'SHY']"],
    ),
    "a regime without a model": (
        portfolio(models={Regime.BULL: InsightWeightingPortfolioConstructionModel()}),
        ["models", "BEAR", "['BULL']"],
    ),
    "a model that cannot be asked for weights": (
        portfolio(models={None: OnlyTargets()}),
        ["models[None]", "determine_target_percent"],
    ),
    "the market's regime of a service without a market": (
        alpha(lambda: RegimeAlphaModel(service(market=None), market_only=True)),
        ["market_only", "with a market", "True"],
    ),
    "exposure by a market that is not there": (
        portfolio(service(market=None), exposure={Regime.BEAR: 0.5}),
        ["service", "needs a market"],
    ),
    "allocations by a market that is not there": (
        portfolio(service(market=None), allocations={Regime.BEAR: {"SPY": 0.5}}),
        ["service", "needs a market"],
    ),
    "models by a market that is not there": (
        portfolio(service(market=None), models={r: EqualWeightingPortfolioConstructionModel() for r in (Regime.BULL, Regime.BEAR)}),
        ["service", "needs a market"],
    ),
    "sources by a market that is not there": (
        portfolio(service(market=None), sources={"A": {Regime.BULL: 1.0}}),
        ["service", "needs a market"],
    ),
    "one name for two models of a service": (twice_the_name, ["name", "must differ", "RegimeAlphaModel"]),
    "one name for the models of two services": (
        alpha(lambda: RegimeAlphaModel(service()), lambda: RegimeAlphaModel(service())),
        ["name", "must differ", "RegimeAlphaModel"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_run_ends_before_its_first_bar(name):
    setup, words = CASES[name]
    steps: list[str] = []

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 1, 9)
            for ticker in ("SPY", "QQQ"):
                self.add_equity(ticker, Resolution.DAILY)
            setup(self)
            steps.append("initialized")

        def on_data(self, data: Any) -> None:
            steps.append("bar")

    error = run_algorithm(Tested, data=market()).error
    assert isinstance(error, InvalidSetting)
    assert all(word in str(error) for word in words), str(error)
    # Tickers and the names of other services' models are known once the engine shows the algorithm: still before any bar.
    assert "bar" not in steps
    assert ("initialized" in steps) is (name in ("an allocation of what is no security", "one name for the models of two services"))
