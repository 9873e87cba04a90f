"""run_algorithm on made-up data, with splits, dividends and delistings."""

from AlgorithmImports import DataNormalizationMode, QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm
from lean_stubs.testing.plugin import lean, lean_data  # noqa: F401


class BuyOnce(QCAlgorithm):
    def initialize(self):
        self.set_start_date(2019, 1, 1)
        self.set_end_date(2019, 3, 1)
        self.set_cash(100_000)
        self._first = self.add_equity("AAA", Resolution.DAILY, data_normalization_mode=DataNormalizationMode.RAW).symbol

    def on_data(self, data):
        if not self.portfolio.invested and not self.transactions.get_open_orders():
            self.market_order(self._first, 100)
        self.plot("Regime", "state", float(self.portfolio[self._first].quantity))


def run(data):
    result = run_algorithm(BuyOnce, data=data)
    assert result.error is None
    return result


def market():
    return FakeData("2018-12-01", "2019-03-29")


def test_a_run_gives_frames():
    result = run(market().regimes("AAA", seed=5))
    assert result.regimes["state"].iloc[-1] == 100
    assert result.statistics["Total Orders"] == "1"
    assert not result.orders.empty
    assert len(result.equity) > 30


def test_raw_splits_change_shares_and_raw_dividends_pay_cash():
    split = run(market().flat("AAA").split("AAA", "2019-02-01", 2)).algorithm
    assert split.portfolio["AAA"].quantity == 200
    paid = run(market().flat("AAA").dividend("AAA", "2019-02-01", 1.0)).algorithm
    plain = run(market().flat("AAA")).algorithm
    assert round(paid.portfolio.cash - plain.portfolio.cash, 6) == 100


def test_delisting_sells_what_is_held():
    result = run(market().flat("AAA").delist("AAA", "2019-02-28"))
    assert result.algorithm.portfolio["AAA"].quantity == 0


def test_the_fixtures_run_algorithms_and_benches(lean, lean_data):  # noqa: F811
    lean_data.flat("AAA")
    assert lean.run(BuyOnce).error is None
    assert lean.bench("SPY") is not None
