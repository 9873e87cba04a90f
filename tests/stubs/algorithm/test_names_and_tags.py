"""An algorithm's name and tags have limits."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import QCAlgorithm, Resolution
from lean_stubs import FakeData, RunResult, run_algorithm
from lean_stubs.clr.exceptions import InvalidOperationException


def ran(begin: Any, later: Any = lambda algorithm: None) -> RunResult:
    class Named(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2020, 1, 6)
            self.set_end_date(2020, 1, 7)
            self.add_equity("SPY", Resolution.DAILY)
            begin(self)

        def on_end_of_algorithm(self) -> None:
            later(self)

    return run_algorithm(Named, FakeData("2020-01-02", "2020-01-07").flat("SPY"))


def test_a_name_is_cut_and_is_given_before_the_run() -> None:
    def begin(algorithm: Any) -> None:
        assert algorithm.name == "Named"
        algorithm.set_name("")
        assert algorithm.name == "Named"
        algorithm.set_name("x" * 300)

    def later(algorithm: Any) -> None:
        algorithm.set_name("too late")

    assert ran(begin).check().algorithm.name == "x" * 200
    with pytest.raises(InvalidOperationException, match="after it is initialized"):
        ran(begin, later).check()


def test_tags_are_cut_and_a_hundred_at_most() -> None:
    def begin(algorithm: Any) -> None:
        algorithm.set_tags({"a" * 300, " ", "b"})
        assert algorithm.tags == {"a" * 200, "b"}
        for i in range(120):
            algorithm.add_tag(f"tag {i}")
        algorithm.add_tag("")

    result = ran(begin).check()
    assert len(result.algorithm.tags) == 100
    assert sum("limited to a maximum of 100" in text for text in result.logs) == 1


def test_the_older_name_of_automatic_warm_up() -> None:
    def begin(algorithm: Any) -> None:
        algorithm.enable_automatic_indicator_warm_up = True

    done = ran(begin).check().algorithm
    assert done.settings.automatic_indicator_warm_up is done.enable_automatic_indicator_warm_up is True
