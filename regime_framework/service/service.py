"""The one object that follows all symbols' regimes and that alpha, portfolio and risk models share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting, UnknownSymbol
from regime_framework.regimes import RegimeEstimate
from regime_framework.service.cache import RegimeModelCache
from regime_framework.service.checks import checked, checked_factor, checked_name
from regime_framework.service.clock import micros, to_utc
from regime_framework.service.engine import Engine
from regime_framework.service.intake import read_history
from regime_framework.service.notices import Notices
from regime_framework.service.profiler import PerformanceProfiler
from regime_framework.service.statistics import ServiceStatistics, collect
from regime_framework.service.store import ModelStore
from regime_framework.service.trainer import Trainer
from regime_framework.service.universe import UNIVERSE
from regime_framework.service.updater import BatchRegimeUpdater

__all__ = ["RegimeService"]


class RegimeService:
    """Follows the regime of any number of symbols, from bars up to the present one only.

    One call of :meth:`update` a bar: windows move on, symbols whose schedule asks for it are trained together, all
    beliefs advance by one step. Reading an estimate costs nothing and changes nothing, whoever asks. The result
    does not depend on the order of symbols, on the number of workers or on the thread that calls.

    Parameters
    ----------
    config : RegimeConfig, optional
        For all symbols without one of their own.
    configs : mapping of str to RegimeConfig, optional
        For single symbols, by name or alias: other states, windows or frequencies.
    cache : MutableMapping, optional
        Of trained models; any mapping with cachetools' interface. By default a new :class:`RegimeModelCache`.
    batch : BatchRegimeUpdater, optional
        How trainings are spread over workers. May be replaced between bars.
    profiler : PerformanceProfiler, optional
    store : ModelStore, optional
        Where models are looked for before they are trained, and written by :meth:`save`.
    market : str, optional
        What :attr:`market` tells of: a symbol, or "universe" for the cross-section of all, pooled. It is trained on
        the schedule of `config`, at the first call of a bar and from the bars before it.

    Attributes
    ----------
    config, configs, market_symbol, cache, profiler
        As given.

    Raises
    ------
    InvalidSetting
        If an argument is not what it should be.
    """

    def __init__(
        self,
        config: RegimeConfig | None = None,
        *,
        configs: Mapping[str, RegimeConfig] | None = None,
        cache: MutableMapping[Any, Any] | None = None,
        batch: BatchRegimeUpdater | None = None,
        profiler: PerformanceProfiler | None = None,
        store: ModelStore | None = None,
        market: str | None = None,
    ) -> None:
        self.config = RegimeConfig() if config is None else checked("config", RegimeConfig, config)
        self.configs: Mapping[str, RegimeConfig] = MappingProxyType(
            dict(checked("configs", Mapping, {} if configs is None else configs))
        )
        for name, own in self.configs.items():
            checked(f"configs[{name!r}]", RegimeConfig, own)
        self.cache: MutableMapping[Any, Any] = RegimeModelCache() if cache is None else checked("cache", MutableMapping, cache)
        self.profiler = PerformanceProfiler() if profiler is None else checked("profiler", PerformanceProfiler, profiler)
        if store is not None and not isinstance(store, ModelStore):
            raise InvalidSetting("store", "must have get, put, keys and delete", store)
        self.market_symbol = None if market is None else checked_name("market", market)

        self._notices = Notices()
        batch = BatchRegimeUpdater() if batch is None else checked("batch", BatchRegimeUpdater, batch)
        self._trainer = Trainer(self.cache, batch, store, self.profiler, self._notices, watch_hits=cache is not None)
        self._engine = Engine(self._trainer, self.profiler, self._notices, self.config if market == UNIVERSE else None)
        self._listeners: list[Callable[[RegimeEstimate], object]] = []
        used = {self.config, *self.configs.values()}
        self._notices.check_configs(used)
        self._notices.check_wiring(used, cache, batch)

    @property
    def batch(self) -> BatchRegimeUpdater:
        """How trainings are spread over workers."""
        return self._trainer.batch

    @batch.setter
    def batch(self, batch: BatchRegimeUpdater) -> None:
        self._trainer.batch = checked("batch", BatchRegimeUpdater, batch)

    def alias(self, name: str, symbol: str) -> None:
        """Let `name` stand for `symbol` everywhere: in `market`, `configs`, bars and lookups.

        An own config under that name holds for a symbol that is added from now on.
        """
        name, symbol = checked_name("name", name), checked_name("symbol", symbol)
        with self._engine.lock:
            if self._engine.aliases.get(name) != symbol:
                self._engine.aliases[name] = symbol
                self._engine.tracks.generation += 1

    def add(self, symbol: str, bars: Any = (), times: Any = (), *, now: datetime | None = None) -> None:
        """Follow a symbol, with history to warm it up.

        History is taken in at the next update or when an estimate is asked for, all symbols' together. Bars after the
        algorithm's clock wait for their time. What is known already is not taken twice, so that adding again adds
        newer bars only.

        Parameters
        ----------
        symbol : str
        bars : array_like, shape (T,) or (T, 4)
            Closes, or open, high, low, close.
        times : sequence of datetime, length T
            Ends of the bars. May be left out for a pandas object that is indexed by them.
        now : datetime, optional
            Algorithm time, if it is known before the first update. Without it, history that comes before the first
            update is taken as past.

        Raises
        ------
        InvalidSetting
            If shapes or types do not fit.
        """
        history = read_history(bars, times)
        now_at = None if now is None else micros(to_utc("now", now))
        with self._engine.lock:
            symbol = self._canonical(checked_name("symbol", symbol))
            if symbol == UNIVERSE and self._engine.universe is not None:
                raise InvalidSetting("symbol", f"must not be {UNIVERSE!r}, which names the cross-section here", symbol)
            self._engine.tick(now_at)
            self._engine.add(symbol, self._config_of(symbol), history)

    def remove(self, symbol: str, *, keep: bool = False) -> None:
        """Follow a symbol no longer; one that is not followed is no error.

        Parameters
        ----------
        symbol : str
        keep : bool, default False
            Keep window and model for when it is added again; otherwise it starts clean.
        """
        with self._engine.turn:
            if keep:
                self._engine.settle()  # history that waits to be taken in is kept as well
            with self._engine.lock:
                self._engine.remove(self._canonical(symbol), keep)

    def split(self, symbol: str, factor: float) -> None:
        """Prices of a symbol are multiplied by `factor` from its next bar on, as in a raw price series.

        Stored observations are returns and stay as they are, and with them the model.

        Raises
        ------
        InvalidSetting
            If `factor` is not a positive number.
        UnknownSymbol
        """
        factor = checked_factor("factor", factor)
        with self._engine.turn, self._engine.lock:
            symbol = self._canonical(symbol)
            if symbol not in self._engine.tracks.parked:  # what is kept is to be scaled like the rest
                self._row(symbol)
            self._engine.split(symbol, factor)

    def update(self, now: datetime, bars: Mapping[str, float | PriceBar]) -> Mapping[str, RegimeEstimate]:
        """Take one bar for any number of symbols.

        A bar that is not newer than its symbol's last changes nothing. A bad price is counted by reason and skipped;
        so is the bar of a symbol that was never added.

        Parameters
        ----------
        now : datetime
            End of the bar.
        bars : mapping of str to float or PriceBar
            Closes or whole bars.

        Returns
        -------
        mapping of str to RegimeEstimate
            Of those symbols in `bars` that are ready, made when looked at.

        Raises
        ------
        InvalidSetting
            If `now` is no time or `bars` no mapping.
        """
        at = micros(to_utc("now", now))
        if type(bars) is not dict:
            checked("bars", Mapping, bars)
        view, events = self._engine.update(at, bars)
        for event in events:
            for listener in tuple(self._listeners):
                listener(event)
        return view

    def estimate(self, symbol: str) -> RegimeEstimate | None:
        """The present estimate of a symbol; None until it is ready.

        Raises
        ------
        UnknownSymbol
            If it is not followed.
        """
        self._engine.settle()
        with self._engine.lock:
            symbol = self._canonical(symbol)
            return self._engine.book.current(self._row(symbol), symbol)

    @property
    def estimates(self) -> Mapping[str, RegimeEstimate]:
        """The present estimates of all symbols that are ready, sorted by symbol."""
        self._engine.settle()
        with self._engine.lock:
            symbols, rows = self._engine.followed()
            return self._engine.view("all", self._engine.tracks.generation, symbols, symbols, rows)

    def is_ready(self, symbol: str) -> bool:
        """Whether there is an estimate; False for a symbol that is not followed."""
        self._engine.settle()
        with self._engine.lock:
            row = self._engine.tracks.rows.get(self._canonical(symbol))
            return row is not None and self._engine.book.known(row)

    @property
    def symbols(self) -> tuple[str, ...]:
        """All symbols followed, sorted."""
        with self._engine.lock:
            return self._engine.followed()[0]

    @property
    def market(self) -> RegimeEstimate | None:
        """The market's present estimate; None until it is ready.

        Raises
        ------
        InvalidSetting
            If no `market` was named and there are several symbols to choose from.
        """
        self._engine.settle()
        with self._engine.lock:
            if self._engine.universe is not None:
                return self._engine.book.current(self._engine.universe.row, UNIVERSE)
            symbol = self.market_symbol
            if symbol is None:
                symbols = self.symbols
                if len(symbols) > 1:
                    raise InvalidSetting("market", f'must name one of the {len(symbols)} symbols, or be "universe"', None)
                if not symbols:
                    return None
                symbol = symbols[0]
            symbol = self._canonical(symbol)
            row = self._engine.tracks.rows.get(symbol)
            return None if row is None else self._engine.book.current(row, symbol)

    @property
    def changes(self) -> tuple[str, ...]:
        """Symbols, sorted, whose reported regime became known or changed with the last update."""
        return self._engine.changes

    def on_change(self, callback: Callable[[RegimeEstimate], object]) -> Callable[[], None]:
        """Call `callback` with each estimate whose regime became known or changed, after each update.

        Returns
        -------
        callable
            Ends the subscription.
        """
        self._listeners.append(callback)
        self._engine.listened = True

        def unsubscribe() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return unsubscribe

    @property
    def lookups(self) -> int:
        """How often a model was looked for so far; while this stands still, :attr:`statistics` has no new trainings."""
        return self._engine.trainer.hits + self._engine.trainer.misses

    @property
    def statistics(self) -> ServiceStatistics:
        """Counts so far."""
        return collect(self._engine, self.cache, self.profiler)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know; each was logged once."""
        return self._notices.texts

    def save(self) -> int:
        """Write models that the store does not have yet; the number of models written, 0 without a store."""
        self._engine.settle()
        with self._engine.turn:
            return self._trainer.save()

    def load(self) -> int:
        """Read which models the store has; their number, 0 without a store.

        A model is read when its window comes up again; one that is damaged is trained anew, with a warning. A model
        whose window ends after the present bar is never used, since a window is found by all of its bytes.
        """
        with self._engine.turn:
            return self._trainer.load()

    def _canonical(self, name: str) -> str:
        return self._engine.aliases.get(name, name)

    def _row(self, symbol: str) -> int:
        row = self._engine.tracks.rows.get(symbol)
        if row is None:
            raise UnknownSymbol(f"{symbol!r} was not added to this service")
        return row

    def _config_of(self, symbol: str) -> RegimeConfig:
        if symbol in self.configs:
            return self.configs[symbol]
        names = sorted(name for name, meant in self._engine.aliases.items() if meant == symbol and name in self.configs)
        return self.configs[names[0]] if names else self.config
