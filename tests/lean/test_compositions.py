"""What each composition of models must hold in a calm and in a stormy market."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AccumulativeInsightPortfolioConstructionModel,
    AlphaModel,
    ConfidenceWeightedPortfolioConstructionModel,
    ConstantAlphaModel,
    EmaCrossAlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightType,
    InsightWeightingPortfolioConstructionModel,
    PortfolioBias,
    PortfolioConstructionModel,
    Resolution,
)
from Portfolio.MeanReversionPortfolioConstructionModel import MeanReversionPortfolioConstructionModel
from Portfolio.MeanVarianceOptimizationPortfolioConstructionModel import MeanVarianceOptimizationPortfolioConstructionModel
from Portfolio.RiskParityPortfolioConstructionModel import RiskParityPortfolioConstructionModel

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeRiskManagementModel
from tests.lean.worlds import market, run, service

DAYS = market().days
CALM, STORM, CALM_AGAIN = DAYS[560], DAYS[650], DAYS[800]


class OwnAlpha(AlphaModel):
    """A user's alpha: short QQQ, once."""

    name = "Own"

    def __init__(self) -> None:
        super().__init__()
        self.done = False

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        if self.done or not data.bars.contains_key("QQQ"):
            return []
        self.done = True
        return [Insight.price("QQQ", timedelta(800), InsightDirection.DOWN)]

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        pass


class OwnPortfolio(PortfolioConstructionModel):
    """A user's portfolio model: a tenth each."""

    def determine_target_percent(self, insights: list[Insight]) -> dict[Insight, float]:
        return dict.fromkeys(insights, 0.1)


def always_up() -> ConstantAlphaModel:
    return ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(800))


def regime_alpha(shared: Any, **arguments: Any) -> RegimeAlphaModel:
    return RegimeAlphaModel(shared, **arguments)


def portfolio(shared: Any, **arguments: Any) -> RegimePortfolioConstructionModel:
    return RegimePortfolioConstructionModel(shared, **arguments)


ONE_REGIME_EACH = {Regime.BULL: EqualWeightingPortfolioConstructionModel, Regime.BEAR: OwnPortfolio}
OTHER_CONFIG = RegimeConfig(lookback=300, observation="close", emission="gaussian", retrain="weekly")
DEFENSIVE = {"TLT": 0.5, "IWM": 0.2}


@dataclass
class Composition:
    alphas: Callable[[Any], list[Any]]
    portfolio: Callable[[Any], Any]
    calm: dict[str, float]
    storm: dict[str, float]
    again: dict[str, float] | None = None
    risk: Callable[[Any], Any] | None = None
    tickers: tuple[str, ...] = ("SPY", "QQQ")
    market: str | None = "SPY"
    fixed: dict[str, Any] = field(default_factory=dict)


HALF_EACH = {"SPY": 0.5, "QQQ": 0.5}
TABLE = {
    "our alpha, equal weights": Composition(
        lambda s: [regime_alpha(s)], lambda s: EqualWeightingPortfolioConstructionModel(), HALF_EACH, {"SPY": -0.5, "QQQ": -0.5}
    ),
    "our alpha without a market, equal weights": Composition(
        lambda s: [regime_alpha(s)],
        lambda s: EqualWeightingPortfolioConstructionModel(),
        HALF_EACH,
        {"SPY": -0.5, "QQQ": -0.5},
        market=None,
    ),
    "our alpha, long only": Composition(
        lambda s: [regime_alpha(s)],
        lambda s: EqualWeightingPortfolioConstructionModel(Resolution.DAILY, PortfolioBias.LONG),
        HALF_EACH,
        {},
    ),
    "our alpha, insight weights": Composition(
        lambda s: [regime_alpha(s)], lambda s: InsightWeightingPortfolioConstructionModel(), HALF_EACH, {"SPY": -0.5, "QQQ": -0.5}
    ),
    "our alpha, confidence weights": Composition(
        lambda s: [regime_alpha(s)], lambda s: ConfidenceWeightedPortfolioConstructionModel(), HALF_EACH, {"SPY": -0.5, "QQQ": -0.5}
    ),
    "our alpha and portfolio": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(s, exposure={Regime.BEAR: 0.3}),
        HALF_EACH,
        {"SPY": 0.15, "QQQ": 0.15},
    ),
    "a stock alpha, our portfolio gates it": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(s, exposure={Regime.BULL: 0.9, Regime.BEAR: 0.0}),
        {"SPY": 0.45, "QQQ": 0.45},
        {},
    ),
    "a user's alpha, our portfolio scales it": Composition(
        lambda s: [OwnAlpha()], lambda s: portfolio(s, exposure={Regime.BEAR: 0.2}), {"QQQ": -1.0}, {"QQQ": -0.2}
    ),
    "a user's alpha, our portfolio's bias forbids it": Composition(
        lambda s: [OwnAlpha()], lambda s: portfolio(s, portfolio_bias=PortfolioBias.LONG, exposure={Regime.BEAR: 0.2}), {}, {}
    ),
    "alphas blended by source": Composition(
        lambda s: [regime_alpha(s), OwnAlpha()],
        lambda s: portfolio(s, sources={"RegimeAlphaModel": 0.6, "Own": {Regime.BULL: 0.4}}),
        {"SPY": 0.3, "QQQ": -0.1},
        {"SPY": -0.3, "QQQ": -0.3},
    ),
    "alphas unblended, the last one of a symbol speaks": Composition(
        lambda s: [always_up(), OwnAlpha()],
        lambda s: portfolio(s, rebalance=timedelta(30)),
        {"SPY": 0.5, "QQQ": -0.5},
        {"SPY": 0.5, "QQQ": -0.5},
    ),
    "beside a stock trend alpha that gets no share": Composition(
        lambda s: [regime_alpha(s), EmaCrossAlphaModel(20, 50, Resolution.DAILY)],
        lambda s: portfolio(s, sources={"RegimeAlphaModel": 0.5}),
        {"SPY": 0.25, "QQQ": 0.25},
        {"SPY": -0.25, "QQQ": -0.25},
    ),
    "a portfolio model per regime": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(s, models={regime: model() for regime, model in ONE_REGIME_EACH.items()}),
        HALF_EACH,
        {"SPY": 0.1, "QQQ": 0.1},
    ),
    "an inner model that refuses all insights": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(
            s,
            models={
                Regime.BULL: EqualWeightingPortfolioConstructionModel(),
                None: InsightWeightingPortfolioConstructionModel(),
            },
        ),
        HALF_EACH,
        {},
    ),
    "fixed weights instead of insights": Composition(
        lambda s: [regime_alpha(s, symbols=["SPY", "QQQ"])],
        lambda s: portfolio(s, allocations={Regime.BEAR: DEFENSIVE}),
        HALF_EACH,
        DEFENSIVE,
        tickers=("SPY", "QQQ", "IWM", "TLT"),
    ),
    "fixed weights without any alpha": Composition(
        lambda s: [],
        lambda s: portfolio(s, allocations={Regime.BULL: {"SPY": 1.0}, Regime.BEAR: DEFENSIVE}),
        {"SPY": 1.0},
        DEFENSIVE,
        tickers=("SPY", "QQQ", "IWM", "TLT"),
    ),
    "weights cut to their limits": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(s, max_weight=0.3, exposure={Regime.BEAR: 0.5}),
        {"SPY": 0.3, "QQQ": 0.3},
        {"SPY": 0.25, "QQQ": 0.25},
    ),
    "leverage where the user allows it": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(s, max_gross=1.5, exposure={Regime.BULL: 1.4, Regime.BEAR: 0.2}),
        {"SPY": 0.7, "QQQ": 0.7},
        {"SPY": 0.1, "QQQ": 0.1},
    ),
    "our alpha, accumulated insights": Composition(
        lambda s: [regime_alpha(s)],
        lambda s: AccumulativeInsightPortfolioConstructionModel(),
        {"SPY": 0.03, "QQQ": 0.03},
        {"SPY": -0.03, "QQQ": -0.03},
    ),
    "our alpha, risk parity": Composition(
        lambda s: [regime_alpha(s)], lambda s: RiskParityPortfolioConstructionModel(), HALF_EACH, HALF_EACH
    ),
    "our alpha, mean reversion": Composition(
        lambda s: [regime_alpha(s)], lambda s: MeanReversionPortfolioConstructionModel(), {"SPY": 1.0}, {"SPY": 1.0}, {"QQQ": 1.0}
    ),
    "our alpha, mean variance": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: MeanVarianceOptimizationPortfolioConstructionModel(),
        HALF_EACH,
        HALF_EACH,
    ),
    "confidence weights, accumulated insights inside": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(
            s,
            models={
                Regime.BULL: ConfidenceWeightedPortfolioConstructionModel(),
                None: AccumulativeInsightPortfolioConstructionModel(),
            },
        ),
        HALF_EACH,
        {"SPY": 0.03, "QQQ": 0.03},
    ),
    "risk parity and mean variance inside": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(
            s,
            models={
                Regime.BULL: RiskParityPortfolioConstructionModel(),
                Regime.BEAR: MeanVarianceOptimizationPortfolioConstructionModel(),
            },
            exposure={Regime.BEAR: 0.2},
        ),
        HALF_EACH,
        {"SPY": 0.1, "QQQ": 0.1},
    ),
    "two services with their own configs, both alphas heard": Composition(
        lambda s: [regime_alpha(s, name="Slow"), regime_alpha(service(config=OTHER_CONFIG), name="Fast")],
        lambda s: portfolio(s, sources={"Slow": 0.6, "Fast": 0.2}),
        {"SPY": 0.4, "QQQ": 0.4},
        {"SPY": -0.4, "QQQ": -0.4},
    ),
    "a service for each model": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(service(config=OTHER_CONFIG), exposure={Regime.BEAR: 0.8}),
        HALF_EACH,
        {"SPY": 0.2, "QQQ": 0.2},
        risk=lambda s: RegimeRiskManagementModel(service(market="QQQ"), max_exposure=0.4),
    ),
    "the cross-section as market": Composition(
        lambda s: [always_up()],
        lambda s: portfolio(s, exposure={Regime.BEAR: 0.2}),
        HALF_EACH,
        {"SPY": 0.1, "QQQ": 0.1},
        market="universe",
    ),
    "two services, one for the alpha, one for the portfolio": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(service(market="IWM", config=OTHER_CONFIG), exposure={Regime.BEAR: 0.2}),
        {"SPY": 1 / 3, "QQQ": 1 / 3, "IWM": 1 / 3},
        {"SPY": 0.2 / 3, "QQQ": 0.2 / 3, "IWM": 0.2 / 3},
        tickers=("SPY", "QQQ", "IWM"),
    ),
    "only the risk model is ours": Composition(
        lambda s: [always_up()],
        lambda s: EqualWeightingPortfolioConstructionModel(timedelta(2000)),
        HALF_EACH,
        {},
        risk=lambda s: RegimeRiskManagementModel(s),
    ),
    "a risk cap": Composition(
        lambda s: [always_up()],
        lambda s: EqualWeightingPortfolioConstructionModel(timedelta(2000)),
        HALF_EACH,
        {"SPY": 0.2, "QQQ": 0.2},
        risk=lambda s: RegimeRiskManagementModel(s, max_exposure=0.4),
    ),
    "all three are ours": Composition(
        lambda s: [regime_alpha(s, directions={Regime.BEAR: InsightDirection.UP})],
        lambda s: portfolio(s, exposure={Regime.BEAR: 0.8}),
        HALF_EACH,
        {"SPY": 0.2, "QQQ": 0.2},
        risk=lambda s: RegimeRiskManagementModel(s, max_exposure={Regime.BEAR: 0.4}, exit_in=()),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_is_held(name):
    row = TABLE[name]

    def setup(algorithm: Any) -> None:
        shared = service(market=row.market)
        for alpha in row.alphas(shared):
            algorithm.add_alpha(alpha)
        algorithm.set_portfolio_construction(row.portfolio(shared))
        if row.risk is not None:
            algorithm.set_risk_management(row.risk(shared))

    diary = run(setup, tickers=row.tickers, end=(CALM_AGAIN.year, CALM_AGAIN.month, CALM_AGAIN.day))
    assert diary.result.error is None
    again = row.calm if row.again is None else row.again
    for day, expected in ((CALM, row.calm), (STORM, row.storm), (CALM_AGAIN, again)):
        held = diary.weights(day)
        assert held.keys() == expected.keys(), day
        # Prices move between two rebalances.
        assert held == pytest.approx(expected, rel=0.25), day


def test_every_stock_portfolio_model_is_among_them():
    """Those that need no data beside prices: alone under our alpha, and inside our portfolio model."""
    shared = service()
    outer = {type(row.portfolio(shared)).__name__ for row in TABLE.values() if row.market == "SPY"}
    kinds = ("EqualWeighting", "InsightWeighting", "ConfidenceWeighted", "AccumulativeInsight", "RiskParity", "MeanReversion")
    assert {f"{kind}PortfolioConstructionModel" for kind in kinds} <= outer
