import numpy as np
import pytest

from benchmarks.universes import simulate_universe
from benchmarks.worlds import hardy2
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.models import FitFailure, MarketModel, load_market_model, observe_bars, train_market
from regime_framework.models.market import effective_assets


def balanced_accuracy(path, states):
    found = path.argmax(axis=1)
    return np.mean([(found[states == k] == k).mean() for k in np.unique(states)])


def observed(universe):
    pairs = [observe_bars(bars) for bars in universe.bars]
    return np.array([r for r, _ in pairs]), np.array([v for _, v in pairs])


@pytest.fixture(scope="module")
def universe():
    return simulate_universe(hardy2(), 20, 900, 2)


def test_pooling_sees_what_the_index_does_not(universe):
    returns, variances = observed(universe)
    index = train_market(returns, RegimeConfig(2, estimator="em"))
    closes = train_market(returns, RegimeConfig(2))
    bars = train_market(returns, RegimeConfig(2), variances=variances)
    assert (index.source, closes.source, bars.source) == ("index", "pooled", "pooled")
    scores = [
        balanced_accuracy(m.model.filter_window(*m.observe(returns, v)), universe.states)
        for m, v in ((index, None), (closes, None), (bars, variances))
    ]
    assert scores[0] < scores[1] < scores[2]
    assert scores[2] > 0.98


def test_the_guard_keeps_the_index_where_assets_have_regimes_of_their_own():
    universe = simulate_universe(hardy2(), 20, 900, 3, own_regimes=True)
    market = train_market(universe.returns, RegimeConfig(2))
    assert market.source == "index"
    index, nothing = market.observe(universe.returns)
    assert index == pytest.approx(universe.returns.mean(axis=0))
    assert np.isnan(nothing).all()


def test_a_day_is_observed_as_in_the_history(universe):
    returns, variances = observed(universe)
    market = train_market(returns, RegimeConfig(2), variances=variances)
    r, v = market.observe(returns, variances)
    for t in (0, 17, 899):
        day = market.observe(returns[:, t], variances[:, t])
        assert day == pytest.approx((r[t], v[t]), rel=1e-13)
    index = returns.mean(axis=0)
    assert v.mean() == pytest.approx(((index - index.mean()) ** 2).mean())


def test_missing_assets_are_left_out_of_a_day(universe):
    returns, _ = observed(universe)
    market = train_market(returns, RegimeConfig(2))
    day = returns[:, 5].copy()
    day[3:] = np.nan
    r, v = market.observe(day)
    assert r == pytest.approx(returns[:3, 5].mean())
    assert v == pytest.approx((returns[:3, 5] ** 2 / market.scales[:3]).mean())
    assert np.isnan(market.observe(np.full(20, np.nan))).all()


def test_useless_assets_are_left_out_of_the_training(universe):
    returns, _ = observed(universe)
    rows = returns.copy()
    rows[4] = 0.0
    rows[7, 100] = np.nan
    keep = [i for i in range(20) if i not in (4, 7)]
    market, without = train_market(rows, RegimeConfig(2)), train_market(returns[keep], RegimeConfig(2))
    assert np.isnan(market.scales[[4, 7]]).all()
    assert market.model.fingerprint() == without.model.fingerprint()


def test_effective_assets():
    rng = np.random.default_rng(1)
    common = rng.standard_normal(4000)
    independent = rng.standard_normal((10, 4000))
    assert effective_assets(independent) == pytest.approx(10, rel=0.02)
    assert effective_assets(np.tile(common, (10, 1))) == pytest.approx(1.0, rel=0.01)
    half = np.sqrt(0.5) * (common + independent)
    # Correlation one half: 10 / (1 + 9 / 4).
    assert effective_assets(half) == pytest.approx(10 / 3.25, rel=0.05)


def test_one_asset_is_its_own_index(universe):
    market = train_market(universe.returns[:1], RegimeConfig(2))
    assert market.source == "index"


def test_hopeless_universes_fail_by_name():
    assert isinstance(train_market(np.zeros((3, 100)), RegimeConfig(2)), FitFailure)
    assert train_market(np.full((3, 100), np.nan), RegimeConfig(2)).reason == "not finite"
    opposite = np.random.default_rng(1).standard_normal(100)
    assert train_market(np.stack([opposite, -opposite]), RegimeConfig(2)).reason == "constant series"


def test_shapes_are_checked(universe):
    with pytest.raises(InvalidSetting, match="returns"):
        train_market(universe.returns[0], RegimeConfig(2))
    with pytest.raises(InvalidSetting, match="variances"):
        train_market(universe.returns, RegimeConfig(2), variances=universe.returns[:, 1:])
    with pytest.raises(InvalidSetting, match="index_returns"):
        train_market(universe.returns, RegimeConfig(2), index_returns=np.zeros(3))


def test_bytes_bring_the_market_back(universe):
    market = train_market(universe.returns, RegimeConfig(2))
    data = market.to_bytes()
    back = MarketModel.from_bytes(data)
    assert back.fingerprint() == market.fingerprint()
    assert back.source == market.source
    assert back.n_effective == market.n_effective
    assert (back.observe(universe.returns)[1] == market.observe(universe.returns)[1]).all()
    for damaged in (data[:-1], data[:40] + b"\x00" + data[41:], b"", data.replace(b"market", b"marked", 1)):
        with pytest.raises(ValueError, match="market model"):
            load_market_model(damaged)


def test_a_false_low_of_one_asset_neither_trains_nor_shows(universe):
    returns, variances = observed(universe)
    spoilt = variances.copy()
    spoilt[3, 400] = 0.5 * np.log(10.0) ** 2
    clean, market = (train_market(returns, RegimeConfig(2), variances=v) for v in (variances, spoilt))
    assert market.scales == pytest.approx(clean.scales, rel=0.01)
    assert market.model.volatilities_ == pytest.approx(clean.model.volatilities_, rel=0.01)
    missing = variances.copy()
    missing[3, 400] = np.nan
    assert clean.observe(returns[:, 400], spoilt[:, 400]) == clean.observe(returns[:, 400], missing[:, 400])
