"""Every example runs from start to end; those on data that ships with nobody run where it is there."""

import ast
import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest
from AlgorithmImports import PortfolioTarget, QCAlgorithm, Resolution, Slice
from lean_stubs import FakeData, RunResult, run_algorithm

from regime_framework import Regime

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.py"))
LEAN_DATA = ROOT.parent / "shared" / "lean-data"
LEAN_DAILY = LEAN_DATA / "equity" / "usa" / "daily"
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


CLASSIC = sorted(path.stem for path in EXAMPLES if path.parent.name == "classic")
MIX = {"TLT": 0.5, "GLD": 0.3, "SHY": 0.2}


def class_of(path: Path) -> type[QCAlgorithm]:
    """The template's algorithm, to be derived from."""
    spec = importlib.util.spec_from_file_location(f"classic_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return next(kind for kind in vars(module).values() if getattr(kind, "__module__", "") == module.__name__)


def tickers_of(path: Path) -> set[str]:
    return set(re.findall(r'"([A-Z]{3})"', path.read_text()))


@pytest.mark.parametrize("name", CLASSIC)
def test_a_classic_template_on_real_data(name):
    missing = {ticker for ticker in tickers_of(path_of(name)) if not (LEAN_DAILY / f"{ticker.lower()}.zip").exists()}
    if missing:
        pytest.skip(f"needs {', '.join(sorted(missing))} in a LEAN data folder")
    result = run_algorithm(path_of(name), data=LEAN_DATA).check()
    assert len(result.orders)


@pytest.mark.parametrize("name", CLASSIC)
def test_a_classic_template_gives_the_same_orders_twice_whatever_the_workers(name):
    tickers = sorted(tickers_of(path_of(name)))
    data = FakeData("2006-01-02", "2010-12-31").regimes(*tickers, volatilities=(0.006, 0.025), stay=0.99)

    class Shorter(class_of(path_of(name))):
        def initialize(self) -> None:
            super().initialize()
            self.set_start_date(2008, 6, 2)
            self.set_end_date(2010, 12, 31)
            if hasattr(self, "enable_batch_updates"):
                self.enable_batch_updates(max_workers=self._workers)

    def orders(workers: int) -> list[tuple[str, str, float]]:
        kind = type("Run", (Shorter,), {"_workers": workers})
        found = run_algorithm(kind, data=data).check().orders
        return [(str(row.symbol), str(row.time), float(row.quantity)) for row in found.itertuples()]

    first = orders(1)
    assert first
    assert orders(2) == first


def test_the_multi_asset_template_holds_one_of_its_two_mixes():
    template = path_of("optimized_multi_asset")
    tickers = ["SPY", "QQQ", "IWM", "TLT", "GLD", "SHY"]
    data = FakeData("2007-06-01", "2019-12-31").regimes(*tickers, volatilities=(0.006, 0.012, 0.025), stay=0.995)
    held: list[tuple[set[str], dict[str, float]]] = []

    class Watched(class_of(template)):
        _settled = 0

        def on_data(self, data: Slice) -> None:
            # What is held now was ordered at an earlier close: three closes without a change are enough.
            self._settled = self._settled + 1 if self._weights and self._weights == self._held_for else 0
            self._held_for = self._weights
            if self._settled == 3:
                bad = self.regime_of("SPY") in (Regime.BEAR, Regime.CRISIS)
                bulls = {ticker for ticker in tickers if self.regime_of(ticker) is Regime.BULL}
                total = float(self.portfolio.total_portfolio_value)
                shares = {ticker: float(self.portfolio[symbol].holdings_value) / total for ticker, symbol in self._symbols.items()}
                held.append((set() if bad else bulls, shares))
            super().on_data(data)

        _held_for = None

    result = run_algorithm(Watched, data=data).check()
    assert any("Performance Profile:" in line for line in result.logs)
    assert set(tickers) == {str(symbol).split()[0] for symbol in result.orders["symbol"]}
    assert len(result.orders) / 10 < 100
    assert any(not bulls for bulls, _ in held)
    assert any(len(bulls) > 1 for bulls, _ in held)
    for bulls, shares in held:
        expected = dict.fromkeys(bulls, 1 / len(bulls)) if bulls else MIX
        for ticker, share in shares.items():
            assert share == pytest.approx(0.98 * expected.get(ticker, 0.0), abs=0.08)
