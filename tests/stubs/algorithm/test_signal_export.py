from __future__ import annotations

from AlgorithmImports import NumeraiSignalExport, PortfolioTarget, QCAlgorithm, Resolution, VBaseSignalExport
from lean_stubs import FakeData, run_algorithm


class Exports(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 5)
        self.add_equity("SPY", Resolution.DAILY)
        self.signal_export.add_signal_export_providers(
            [NumeraiSignalExport("id", "secret", "model"), VBaseSignalExport("key", "collection")]
        )
        self.signal_export.automatic_export_time_span = None
        self.answers: list[bool] = []

    def on_data(self, data: object) -> None:
        self.answers.append(self.signal_export.set_target_portfolio([PortfolioTarget("SPY", 0.5)]))
        self.answers.append(self.signal_export.set_target_portfolio_from_portfolio())


def test_a_backtest_sends_nothing_and_says_so_once() -> None:
    result = run_algorithm(Exports, FakeData("2019-06-03", "2019-06-05").flat("SPY")).check()
    assert result.algorithm.answers == [True] * 6
    texts = [message for _, _, message in result.messages if "live mode" in message]
    assert texts == ["Portfolio targets are only sent in live mode"]
    assert result.algorithm.signal_export.automatic_export_time_span is None
