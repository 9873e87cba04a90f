"""What the charts and the runtime statistics of a backtest show of the market's regime."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, proxy

from AlgorithmImports import Chart, Series, SeriesType

from regime_framework.lean.feed import DailyBarFeed
from regime_framework.regimes import Regime, RegimeEstimate

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm

    from regime_framework.service import RegimeService

__all__ = ["MarketDisplay"]

_REGIME: Final = "Regime"
_PROBABILITY: Final = "Regime probability"
_SERIES: Final = 10  # LEAN's default for all of an algorithm; further ones are left out with a message
_POINTS: Final = 3000  # LEAN keeps 4,000 a series; the rest is for the days of change
_DISPLAYS: WeakKeyDictionary[RegimeService, MarketDisplay] = WeakKeyDictionary()


class MarketDisplay:
    """Shows one service's market regime, once a bar however many models ask for it.

    Chart "Regime" holds the market symbol's "Close" and the reported "State" (0 is the calmest); chart
    "Regime probability" one series a regime. The charts of an algorithm's second service are named "Regime (2)" and so on;
    one that LEAN has no room for is left out.
    """

    def __init__(self, service: RegimeService) -> None:
        # Weak, or the registry would keep every service of the process alive.
        self._service: RegimeService = proxy(service)
        self._feed = DailyBarFeed.of(service)
        self._algorithm: QCAlgorithm | None = None
        self._mark = ""
        self._series: dict[str, list[str]] = {}
        self._shown: dict[str, str] = {}
        self._lookups = -1
        self._sequence = 0
        self._drawn = 0
        self._every = 0
        self._regime: Regime | None = None

    @classmethod
    def of(cls, service: RegimeService) -> MarketDisplay:
        """The display of this service, made on first asking."""
        display = _DISPLAYS.get(service)
        if display is None:
            display = _DISPLAYS[service] = cls(service)
        return display

    def show(self, algorithm: QCAlgorithm) -> None:
        """Say what is new since the last bar shown."""
        if self._feed.sequence == self._sequence:
            return
        self._sequence = self._feed.sequence
        market = self._service.market
        if market is None or algorithm.is_warming_up:
            return
        if not self._every:
            self._prepare(algorithm, market)
        changed = market.regime is not self._regime
        if changed:
            was = "" if self._regime is None else f", was {self._regime}"
            algorithm.log(f"Market regime{self._mark} {market.regime} (p={market.confidence:.2f}){was}")
            self._regime = market.regime
        self._statistics(algorithm, market)
        if changed or self._sequence - self._drawn >= self._every:
            self._drawn = self._sequence
            self._draw(algorithm, market)

    def _statistics(self, algorithm: QCAlgorithm, market: RegimeEstimate) -> None:
        texts = {"Market regime": str(market.regime), "Regime probability": f"{market.confidence:.0%}"}
        # Collecting all counts costs as much as a bar of a hundred symbols.
        if self._service.lookups != self._lookups:
            self._lookups = self._service.lookups
            statistics = self._service.statistics
            texts["Regime trainings"] = str(statistics.trainings)
            texts["Regime cache hits"] = f"{statistics.hit_rate:.0%}"
            texts["Regime seconds"] = ", ".join(f"{part} {seconds:.2f}" for part, seconds in statistics.seconds.items())
        for name, text in texts.items():
            if self._shown.get(name) != text:
                self._shown[name] = text
                algorithm.set_runtime_statistic(name + self._mark, text)

    def _prepare(self, algorithm: QCAlgorithm, market: RegimeEstimate) -> None:
        end = algorithm.end_date
        n_bars = 0.0 if algorithm.live_mode or end is None else (end - algorithm.start_date).days / 365.25 * 253
        self._every = max(1, math.ceil(n_bars / _POINTS))
        # A second service of one algorithm must not draw into the first one's charts.
        others = [display for display in list(_DISPLAYS.values()) if display is not self and display._algorithm == algorithm]
        self._algorithm, self._mark = algorithm, f" ({len(others) + 1})" if others else ""
        room = _SERIES - sum(len(names) for display in others for names in display._series.values())
        regimes = [str(regime) for regime in Regime.of_states(len(market.probabilities))]
        for title, names in ((_REGIME, ["Close", "State"]), (_PROBABILITY, regimes)):
            if len(names) <= room:
                self._series[title] = names
                room -= len(names)
                chart = Chart(title + self._mark)
                for name in names:
                    chart.add_series(Series(name, SeriesType.LINE, int(name == "State")))
                algorithm.add_chart(chart)

    def _draw(self, algorithm: QCAlgorithm, market: RegimeEstimate) -> None:
        if _REGIME in self._series:
            close = self._feed.close(market.symbol)
            if close is not None and math.isfinite(close):
                algorithm.plot(_REGIME + self._mark, "Close", close)
            algorithm.plot(_REGIME + self._mark, "State", market.state)
        if _PROBABILITY in self._series:
            # A refit may find fewer states than were asked for: names go by the model in use.
            for regime, probability in zip(Regime.of_states(len(market.probabilities)), market.probabilities, strict=True):
                algorithm.plot(_PROBABILITY + self._mark, str(regime), float(probability))
