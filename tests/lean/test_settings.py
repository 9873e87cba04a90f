from types import SimpleNamespace

import pytest

from regime_framework import InvalidSetting, Regime
from regime_framework.lean.allocations import FixedAllocations
from regime_framework.lean.mappings import by_regime, finite, regimes
from regime_framework.lean.sources import SourceShares

UNIT = finite(0.0, 1.0)


def test_regimes_may_be_named_in_any_case():
    assert by_regime("exposure", {"bull": 1, Regime.BEAR: 0.3}, UNIT) == {Regime.BULL: 1.0, Regime.BEAR: 0.3}
    assert by_regime("exposure", None, UNIT) == {}
    assert regimes("exit_in", "bear") == {Regime.BEAR}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"moon": 1.0}, ["exposure", "BULL", "moon"]),
        ({Regime.BULL: 1.5}, ["exposure[Bull]", "at most 1", "1.5"]),
        ({Regime.BULL: float("nan")}, ["exposure[Bull]", "nan"]),
        ({Regime.BULL: True}, ["exposure[Bull]", "True"]),
        ([Regime.BULL], ["exposure", "map"]),
    ],
)
def test_bad_entries_name_parameter_rule_and_value(mapping, words):
    with pytest.raises(InvalidSetting) as raised:
        by_regime("exposure", mapping, UNIT)
    assert all(word in str(raised.value) for word in words)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"TLT": 0.8, "GLD": 0.4}, ["allocations[Bear]", "max_gross (1)", "1.2"]),
        ({"TLT": 0.8}, ["allocations[Bear][TLT]", "at most 0.6", "0.8"]),
        ("TLT", ["allocations[Bear]", "tickers"]),
    ],
)
def test_allocations_respect_the_limits(weights, words):
    with pytest.raises(InvalidSetting) as raised:
        FixedAllocations({Regime.BEAR: weights}, max_weight=2.0 if "GLD" in weights else 0.6, max_gross=1.0)
    assert all(word in str(raised.value) for word in words)


def test_allocations_of_several_regimes_list_all_tickers():
    allocations = FixedAllocations(
        {Regime.BEAR: {"tlt": 0.5, "gld": 0.3}, Regime.CRISIS: {"SHY": 1.0}}, max_weight=1.0, max_gross=1.0
    )
    assert allocations.tickers == ["GLD", "SHY", "TLT"]
    assert allocations.of(Regime.BULL, pytest.fail) is None
    assert allocations.of(None, pytest.fail) is None


def test_what_is_missing_or_cannot_trade_is_named_at_once():
    def security(ticker, tradable):
        return SimpleNamespace(symbol=SimpleNamespace(value=ticker, id=ticker), is_tradable=tradable)

    algorithm = SimpleNamespace(securities={t: security(t, t != "SPX") for t in ("SPX", "TLT", "SPY")})
    weights = {Regime.BEAR: {"SPX": 0.1, "TLT": 0.1}, Regime.BULL: {"GLD": 0.1, "SPY": 0.1}}
    with pytest.raises(InvalidSetting) as raised:
        FixedAllocations(weights, max_weight=1.0, max_gross=1.0).resolve(algorithm)
    assert "['GLD', 'SPX']" in str(raised.value)


def test_sources_by_regime_and_the_rest():
    shares = SourceShares({"A": 0.6, "*": {Regime.BULL: 0.3}})
    assert shares.by_regime
    assert [shares.named(source) for source in ("A", "B")] == ["A", "*"]
    assert shares.of(Regime.BULL) == {"A": 0.6, "*": 0.3}
    assert shares.of(Regime.BEAR) == {"A": 0.6, "*": 0.0}
    assert shares.of(None) == {"A": 0.6, "*": 0.0}


def test_sources_that_are_not_named_have_no_entry():
    assert SourceShares({"A": 1.0}).named("B") is None


@pytest.mark.parametrize("sources", [{}, "A", {"A": -0.1}, {"A": {"moon": 0.5}}, {1: 0.5}])
def test_bad_sources(sources):
    with pytest.raises(InvalidSetting, match="sources"):
        SourceShares(sources)
