"""Initializers are asked for each new security, in their order."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import CompositeSecurityInitializer, FuncSecurityInitializer, QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm


class Counts(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2018, 3, 1)
        self.set_end_date(2018, 3, 5)
        self.told: list[Any] = []
        self.set_security_initializer(
            CompositeSecurityInitializer(
                FuncSecurityInitializer(lambda security: self.told.append((1, security.symbol.value))),
                lambda security: self.told.append((2, security.symbol.value)),
            )
        )
        self.add_equity("SPY", Resolution.DAILY)


def test_functions_and_objects_are_called_in_order() -> None:
    result = run_algorithm(Counts, FakeData("2018-01-01", "2018-12-31").regimes("SPY", seed=1)).check()
    assert result.algorithm.told[:2] == [(1, "SPY"), (2, "SPY")]
