"""A universe of the candidates whose regime is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from AlgorithmImports import Market, ScheduledUniverse, SecurityType, Symbol, UniverseSelectionModel

from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.lean.clock import ExchangeClock, plain
from regime_framework.lean.history import daily_history, history_length
from regime_framework.lean.mappings import regimes
from regime_framework.lean.spelling import spell_both_ways
from regime_framework.regimes import Regime
from regime_framework.service import RegimeService

if TYPE_CHECKING:
    from AlgorithmImports import QCAlgorithm, Universe

__all__ = ["RegimeUniverseSelectionModel"]


class RegimeUniverseSelectionModel(UniverseSelectionModel):
    """Chooses, on a schedule, the candidates whose own regime is among those to keep.

    Parameters
    ----------
    candidates : sequence of tickers or Symbols
        US equities where tickers are given.
    keep : iterable of Regime, default BULL and RECOVERY
    config : RegimeConfig, optional
        How the candidates' regimes are detected, by a service of this model's own.
    always : sequence of tickers or Symbols, optional
        Chosen whatever their regime, such as the market symbol of the other models.
    date_rule, time_rule : optional
        When to choose; by default on the first day of the run and on each month's first trading day of the first
        candidate, at 09:00.

    Notes
    -----
    All candidates' bars come by one history request a selection, the whole window at first and afterwards only what is
    new. A candidate without enough history has no regime and is not chosen.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        spell_both_ways(cls)

    def __init__(
        self,
        candidates: Sequence[str | Symbol],
        *,
        keep: Iterable[Regime] = (Regime.BULL, Regime.RECOVERY),
        config: RegimeConfig | None = None,
        always: Sequence[str | Symbol] = (),
        date_rule: Any = None,
        time_rule: Any = None,
    ) -> None:
        super().__init__()
        if isinstance(candidates, str) or not len(candidates):
            raise InvalidSetting("candidates", "must be a list of tickers or Symbols that is not empty", candidates)
        if isinstance(always, str):
            raise InvalidSetting("always", "must be a list of tickers or Symbols", always)
        self._candidates = _symbols(candidates)
        self._always = _symbols(always)
        self._keep = regimes("keep", keep)
        if not self._keep:
            raise InvalidSetting("keep", "must name at least one regime", keep)
        self._config = RegimeConfig() if config is None else config
        self._service = RegimeService(self._config)
        self._date_rule, self._time_rule = date_rule, time_rule
        # Candidates need not be securities of the algorithm, so there is no exchange to ask; these are US equities' hours.
        self._clock = ExchangeClock("America/New_York")
        self._last: dict[str, datetime] = {}
        self._month: tuple[int, int] | None = None
        self._chosen: list[Symbol] = []

    def create_universes(self, algorithm: QCAlgorithm) -> list[Universe]:
        """One scheduled universe.

        Returns
        -------
        list of Universe
        """
        first = self._candidates[min(self._candidates)]
        # Asked every day where no rule is given: LEAN's own month_start would leave the first month empty.
        date_rule = self._date_rule or algorithm.date_rules.every_day(first)
        time_rule = self._time_rule or algorithm.time_rules.at(9, 0)
        return [ScheduledUniverse(date_rule, time_rule, lambda utc: self.select(algorithm), algorithm.universe_settings)]

    CreateUniverses = create_universes

    def select(self, algorithm: QCAlgorithm) -> list[Symbol]:
        """The symbols to hold from now on, sorted by ticker."""
        month = algorithm.time.year, algorithm.time.month
        if self._date_rule is not None or month != self._month:
            self._month = month
            self._catch_up(algorithm)
            known = self._service.estimates
            kept = {row: s for row, s in self._candidates.items() if row in known and known[row].regime in self._keep}
            self._chosen = [symbol for _, symbol in sorted((kept | self._always).items())]
        return self._chosen

    def _catch_up(self, algorithm: QCAlgorithm) -> None:
        n_bars = history_length([self._config])
        if self._last:
            # Calendar days bound trading days from above; bars known already are dropped.
            n_bars = min(n_bars, (plain(algorithm.time) - min(self._last.values())).days + 2)
        news: dict[datetime, dict[str, float | PriceBar]] = {}
        past = daily_history(algorithm, list(self._candidates.values()), n_bars)
        for row, (ends, prices) in sorted(past.items()):
            bars = [price if isinstance(price, float) else PriceBar(*price) for price in prices.tolist()]
            last = self._last.get(row)
            if last is None:
                # All but the last bar as the past: the regime is reported at an update.
                self._service.add(row, prices[:-1], [self._clock.utc(end) for end in ends[:-1]])
            first = len(ends) - 1 if last is None else sum(end <= last for end in ends)
            for end, bar in zip(ends[first:], bars[first:], strict=True):
                news.setdefault(self._clock.utc(end), {})[row] = bar
            self._last[row] = ends[-1]
        for end in sorted(news):
            self._service.update(end, news[end])


def _symbols(names: Sequence[str | Symbol]) -> dict[str, Symbol]:
    made = [Symbol.create(name, SecurityType.EQUITY, Market.USA) if isinstance(name, str) else name for name in names]
    return {str(symbol.id): symbol for symbol in made}
