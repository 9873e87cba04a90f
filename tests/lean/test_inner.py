import math
from datetime import timedelta

import pytest
from AlgorithmImports import (
    ConfidenceWeightedPortfolioConstructionModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    InsightWeightingPortfolioConstructionModel,
    Market,
    PortfolioConstructionModel,
    SecurityType,
    Symbol,
)

from regime_framework import InvalidSetting
from regime_framework.lean.inner import InnerModel


def insight(ticker, direction=InsightDirection.UP, weight=None, confidence=None, source="A"):
    symbol = Symbol.create(ticker, SecurityType.EQUITY, Market.USA)
    return Insight.price(symbol, timedelta(10), direction, None, confidence, source, weight)


def by_row(insights):
    return {str(insight.symbol.id): insight for insight in insights}


def by_ticker(weights):
    return {row.split()[0]: weight for row, weight in weights.items()}


class Own(PortfolioConstructionModel):
    def determine_target_percent(self, insights):
        return dict.fromkeys(insights, 0.25)


class OwnPascal(PortfolioConstructionModel):
    def DetermineTargetPercent(self, insights):  # noqa: N802
        return dict.fromkeys(insights, 0.25)


class OnlyTargets(PortfolioConstructionModel):
    def create_targets(self, algorithm, insights):
        return []


class DividesByNumber(PortfolioConstructionModel):
    def determine_target_percent(self, insights):
        share = 1 / len(insights)
        return dict.fromkeys(insights, share)


@pytest.fixture
def complaints():
    return []


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (EqualWeightingPortfolioConstructionModel(), {"SPY": 0.5, "IWM": -0.5}),
        (InsightWeightingPortfolioConstructionModel(), {"SPY": 0.4, "IWM": 0.0}),
        (ConfidenceWeightedPortfolioConstructionModel(), {"SPY": 0.0, "IWM": -0.3}),
        (Own(), {"SPY": 0.25, "IWM": 0.25}),
        (OwnPascal(), {"SPY": 0.25, "IWM": 0.25}),
    ],
)
def test_every_insight_gets_a_weight_and_zero_where_the_model_is_silent(model, expected, complaints):
    insights = [insight("SPY", weight=0.4), insight("IWM", InsightDirection.DOWN, confidence=0.3)]
    assert by_ticker(InnerModel("models", model).weights(by_row(insights), complaints.append)) == pytest.approx(expected)
    assert complaints == []


def test_numbers_that_are_not_finite_count_as_absent(complaints):
    insights = [insight("SPY", weight=0.8), insight("IWM", weight=math.nan, source="B"), insight("EEM", weight=0.8)]
    weights = InnerModel("models", InsightWeightingPortfolioConstructionModel()).weights(by_row(insights), complaints.append)
    assert by_ticker(weights) == {"SPY": pytest.approx(0.5), "IWM": 0.0, "EEM": pytest.approx(0.5)}
    assert complaints == ["weights or confidences of 'B' that are not finite count as absent"]


def test_a_model_that_gives_nonsense_itself_gets_nothing(complaints):
    class Nonsense(PortfolioConstructionModel):
        def determine_target_percent(self, insights):
            return dict.fromkeys(insights, math.inf)

    weights = InnerModel("models", Nonsense()).weights(by_row([insight("SPY")]), complaints.append)
    assert by_ticker(weights) == {"SPY": 0.0}
    assert complaints == ["weights that Nonsense makes and that are not finite count as 0"]


def test_a_model_is_never_asked_about_nothing(complaints):
    assert InnerModel("models", DividesByNumber()).weights({}, complaints.append) == {}


@pytest.mark.parametrize("model", [None, "model", Own, OnlyTargets()])
def test_what_cannot_weigh_is_refused_at_construction(model):
    with pytest.raises(InvalidSetting, match=r"models\[Bear\]"):
        InnerModel("models[Bear]", model)
