"""Every example runs from start to end; those on data that ships with nobody run where it is there."""

import ast
from functools import cache
from pathlib import Path

import pytest
from AlgorithmImports import PortfolioTarget, QCAlgorithm, Resolution, Slice
from lean_stubs import FakeData, RunResult, run_algorithm

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.py"))
LEAN_DATA = ROOT.parent / "shared" / "lean-data"
ON_INDEX = ["mixed_alphas", "models_per_regime", "regime_rotation", "risk_exit", "selective_frequencies", "single_asset"]
ON_LEAN_DATA = ["minute_data", "universe_by_regime"]


def path_of(name: str) -> Path:
    return next(path for path in EXAMPLES if path.stem == name)


def test_every_example_is_run_here():
    assert sorted(path.stem for path in EXAMPLES) == sorted([*ON_INDEX, *ON_LEAN_DATA, "optimized_multi_asset"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_short_and_one_class_of_lean_s(path):
    text = path.read_text()
    assert text.count("\n") < 80
    tree = ast.parse(text)
    assert "lean_stubs" not in text
    assert ast.get_docstring(tree)
    bases = [{getattr(base, "id", "") for base in node.bases} for node in tree.body if isinstance(node, ast.ClassDef)]
    algorithms = {"QCAlgorithm", "HiddenRegimeAlgorithm", "HiddenRegimeAlgorithmOptimized"}
    assert sum(bool(names & algorithms) for names in bases) == 1


@cache
def on_index(name: str) -> RunResult:
    return run_algorithm(path_of(name), data="index").check()


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_INDEX)
def test_on_the_index_data(name):
    result = on_index(name)
    years = (result.equity["time"].iloc[-1] - result.equity["time"].iloc[0]).days / 365.25
    # Trading on changes of regime and a calendar, not on noise.
    assert 1 < len(result.orders) / years < 40


class BuyAndHold(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2000, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        self._symbols = [self.add_equity(ticker, Resolution.DAILY).symbol for ticker in ("SPY", "QQQ")]

    def on_data(self, data: Slice) -> None:
        if not self.portfolio.invested and data.bars.count == 2:
            self.set_holdings([PortfolioTarget(symbol, 0.49) for symbol in self._symbols])


@pytest.mark.slow
def test_the_rotation_is_calmer_than_buying_and_holding():
    def of(result: RunResult) -> tuple[float, float]:
        equity = result.equity.set_index("time")["equity"]
        return (1 - equity / equity.cummax()).max(), equity.pct_change().std()

    rotation, held = of(on_index("regime_rotation")), of(run_algorithm(BuyAndHold, data="index").check())
    assert rotation[0] < held[0]
    assert rotation[1] < 0.75 * held[1]


@pytest.mark.slow
def test_the_rotation_is_compared_with_both_indices_held():
    benchmark = on_index("regime_rotation").equity.set_index("time")["benchmark"]
    alone = run_algorithm(BuyAndHold, data="index").check().equity.set_index("time")["equity"]
    # The account keeps 2 % in cash and trades at the next open.
    assert benchmark.iloc[-1] / benchmark.iloc[0] == pytest.approx(alone.iloc[-1] / alone.iloc[0], rel=0.05)


@pytest.mark.parametrize("name", ON_LEAN_DATA)
def test_on_lean_s_sample_data(name):
    if not LEAN_DATA.exists():
        pytest.skip("needs LEAN's sample data in ../shared/lean-data")
    result = run_algorithm(path_of(name), data=LEAN_DATA).check()
    assert len(result.orders)
    if name == "minute_data":
        assert any("510 daily bars, the last at 2013-10-11 20:00" in line for line in result.logs)


def test_the_multi_asset_template_trades_both_mixes():
    tickers = ["SPY", "QQQ", "IWM", "TLT", "GLD", "SHY"]
    data = FakeData("2007-06-01", "2019-12-31").regimes(*tickers, volatilities=(0.006, 0.012, 0.025), stay=0.995)
    result = run_algorithm(path_of("optimized_multi_asset"), data=data).check()
    assert any("Performance Profile:" in line for line in result.logs)
    assert set(tickers) == {str(symbol).split()[0] for symbol in result.orders["symbol"]}
    assert len(result.orders) / 10 < 100
