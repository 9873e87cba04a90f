"""Risk models in a run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from AlgorithmImports import (
    CompositeRiskManagementModel,
    ConstantAlphaModel,
    EqualWeightingPortfolioConstructionModel,
    InsightDirection,
    InsightType,
    MaximumDrawdownPercentPerSecurity,
    MaximumDrawdownPercentPortfolio,
    MaximumUnrealizedProfitPercentPerSecurity,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
    RiskManagementModel,
    TrailingStopRiskManagementModel,
)
from lean_stubs.clr.exceptions import ArgumentException, InvalidCastException, NotImplementedException
from lean_stubs.testing import FakeData, run_algorithm

DAYS = 10


def run(*models, prices=(100.0,) * DAYS, direction=InsightDirection.UP):
    class Algorithm(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 14)
            self.add_equity("A", Resolution.DAILY)
            self.set_alpha(ConstantAlphaModel(InsightType.PRICE, direction, timedelta(30)))
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(timedelta(30)))
            for model in models:
                self.add_risk_management(model)

    return run_algorithm(Algorithm, FakeData("2019-06-03", "2019-06-14").closes("A", prices, prices))


class Recording(RiskManagementModel):
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def manage_risk(self, algorithm, targets):
        self.asked.append([(t.symbol.value, t.quantity) for t in targets])
        return self.answer(targets)


def test_asked_on_every_slice_with_this_steps_targets_only():
    model = Recording(lambda targets: [])
    run(model).check()
    assert [len(asked) for asked in model.asked] == [1] + [0] * (DAYS - 1)


def test_each_model_sees_what_the_one_before_left():
    half = Recording(lambda targets: (PortfolioTarget(t.symbol, int(t.quantity / 2)) for t in targets))
    last = Recording(lambda targets: ())
    result = run(half, last).check()
    ((ticker, whole),) = half.asked[0]
    assert last.asked[0] == [(ticker, int(whole / 2))]
    assert result.orders["quantity"].tolist() == [int(whole / 2)]


def test_none_ends_the_run():
    assert type(run(Recording(lambda targets: None)).error) is InvalidCastException


def test_a_plain_class_needs_manage_risk_at_once_and_the_other_at_the_first_change():
    class Plain:
        def manage_risk(self, algorithm, targets):
            return []

    assert isinstance(run(Plain()).error, AttributeError)
    assert isinstance(run(object()).error, NotImplementedException)


def test_a_composite_needs_a_model():
    with pytest.raises(ArgumentException, match="at least 1"):
        CompositeRiskManagementModel()


FALLING = [100.0, 100.0, 100.0, 97.0, 94.0, 93.0, 92.0, 92.0, 92.0, 92.0]
RISING = [100.0, 100.0, 100.0, 103.0, 106.0, 107.0, 108.0, 108.0, 108.0, 108.0]
PEAK = [100.0, 100.0, 100.0, 110.0, 108.0, 104.0, 103.0, 103.0, 103.0, 103.0]


@pytest.mark.parametrize(
    ("model", "prices", "sold_at"),
    [
        (MaximumDrawdownPercentPerSecurity(0.05), FALLING, 93.0),
        (MaximumUnrealizedProfitPercentPerSecurity(0.05), RISING, 107.0),
        (TrailingStopRiskManagementModel(0.05), PEAK, 103.0),
        (MaximumDrawdownPercentPerSecurity(0.05), RISING, None),
    ],
)
def test_exits(model, prices, sold_at):
    result = run(model, prices=prices).check()
    sales = result.orders[result.orders["quantity"] < 0]
    # Decided at one close, filled at the next open, which is that day's close here.
    assert sales["price"].tolist() == ([] if sold_at is None else [sold_at])


def test_portfolio_drawdown_acts_only_on_this_steps_targets():
    assert not (run(MaximumDrawdownPercentPortfolio(0.01), prices=FALLING).check().orders["quantity"] < 0).any()
