"""The smaller pieces, used as a LEAN user would use them in an algorithm."""

from typing import Any

import pytest
from AlgorithmImports import QCAlgorithm, Resolution, RollingWindow
from lean_stubs import run_algorithm

from regime_framework import Regime
from regime_framework.lean import ObjectModelStore, RegimeAlphaModel, RegimeIndicator
from tests.lean.worlds import CONFIG, market, service

DAYS = market().days


@pytest.mark.parametrize("resolution", [Resolution.DAILY, Resolution.HOUR])
def test_a_registered_indicator_agrees_with_the_service(resolution):
    seen: dict[str, Any] = {}

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2013, 6, 3)
            self.set_end_date(2014, 12, 31)
            symbol = self.add_equity("SPY", resolution).symbol
            self._indicator = RegimeIndicator(CONFIG)
            self.register_indicator(symbol, self._indicator, Resolution.DAILY)
            self._values: list[tuple[Any, float]] = []

        def on_data(self, data: Any) -> None:
            if self._indicator.is_ready:
                seen.setdefault("ready", self.time)
                self._values.append((self.time, self._indicator.value))

    algorithm = run_algorithm(Tested, data=market()).check().algorithm
    assert {Regime.BULL.risk, Regime.BEAR.risk} == {value for _, value in algorithm._values}
    bars_before = sum(DAYS[0].replace(month=6, day=3) <= day <= seen["ready"].date() for day in DAYS)
    assert bars_before in (CONFIG.min_bars, CONFIG.min_bars + 1)


def test_lean_warms_the_indicator_up_and_plots_it():
    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 12, 31)
            self._symbol = self.add_equity("SPY", Resolution.DAILY).symbol
            self._indicator = RegimeIndicator(CONFIG, "Risk")
            self._recent = RollingWindow[float](5)
            self.warm_up_indicator(self._symbol, self._indicator, Resolution.DAILY)
            self.register_indicator(self._symbol, self._indicator, Resolution.DAILY)
            self._ready_at = [self._indicator.is_ready, self._indicator.IsReady]

        def on_data(self, data: Any) -> None:
            self._recent.add(self._indicator.value)
            self.plot("Risk", "Value", self._indicator.value)
            self.plot("Risk", self._indicator)

    result = run_algorithm(Tested, data=market()).check()
    assert result.algorithm._ready_at == [True, True]
    assert result.algorithm._recent.is_ready
    charts = result.charts[result.charts["chart"] == "Risk"]
    drawn = {name: list(group["value"]) for name, group in charts.groupby("series")}
    assert set(drawn["Value"]) == {0.0, float(Regime.BEAR.risk)}
    assert drawn["Value"] == drawn["Risk"], "LEAN plots the value that it was given"


def test_trained_models_are_found_again_by_the_next_run(tmp_path):
    services: list[Any] = []

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 6, 30)
            self.add_equity("SPY", Resolution.DAILY)
            services.append(service(store=ObjectModelStore(self.object_store)))
            services[-1].load()
            self.set_alpha(RegimeAlphaModel(services[-1]))

        def on_end_of_algorithm(self) -> None:
            services[-1].save()

    for _ in range(2):
        run_algorithm(Tested, data=market(), object_store=tmp_path).check()
    first, second = (made.statistics for made in services)
    assert first.trainings > 5
    assert second.trainings == 0
    assert second.models_loaded == first.trainings
    assert services[0].estimate("SPY").probabilities.tobytes() == services[1].estimate("SPY").probabilities.tobytes()
