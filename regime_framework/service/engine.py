"""The work of a bar, in turns: take bars in, train what is due, report."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.bars import PriceBar
from regime_framework.config import RegimeConfig
from regime_framework.models import MarketModel, RegimeModel, most_pass_bytes
from regime_framework.regimes import RegimeEstimate
from regime_framework.service.book import Book, Estimates, Fit
from regime_framework.service.clock import moment
from regime_framework.service.intake import History, read_prices
from regime_framework.service.jobs import Job, Trained
from regime_framework.service.keys import model_key
from regime_framework.service.notices import Notices
from regime_framework.service.passes import PassBudget
from regime_framework.service.profiler import MANY, PerformanceProfiler
from regime_framework.service.routes import Route, make_route
from regime_framework.service.tracks import Taken, Tracks
from regime_framework.service.trainer import Trainer
from regime_framework.service.universe import Universe, market_path
from regime_framework.service.updater import MarketRequest, TrainingRequest

__all__ = ["Engine"]

_NO_ROWS = np.empty(0, np.int64)


class Engine:
    """Tracks, book and trainer under two locks.

    A turn is one update, or the absorption of history; turns follow one another. The lock guards what readers see.
    Trainings run inside a turn but outside of the lock: readers meanwhile see the bar before, whole.

    Attributes
    ----------
    turn, lock : RLock
        Taken in this order.
    tracks, book, passes : Tracks, Book, PassBudget
    aliases : dict of str to str
    pending : dict of str to deque of History
        History that is not taken in yet, by symbol.
    listened : bool
        Whether somebody wants the estimates that changed.
    changes : tuple of str
        Symbols whose reported regime became known or changed with the last update.
    """

    def __init__(self, trainer: Trainer, profiler: PerformanceProfiler, notices: Notices, universe: RegimeConfig | None) -> None:
        self.turn = threading.RLock()
        self.lock = threading.RLock()
        self.tracks = Tracks()
        self.book = Book(self.lock)
        self.passes = PassBudget()
        self.trainer = trainer
        self.profiler = profiler
        self.notices = notices
        self.universe = None if universe is None else Universe(universe, self.tracks)
        self.book.grow(self.tracks.capacity)
        self.aliases: dict[str, str] = {}
        self.pending: dict[str, deque[History]] = {}
        self.changes: tuple[str, ...] = ()
        self.listened = False
        self._watch = profiler.watch("regime_update", "data_collection")
        self._clock: int | None = None
        self._route: Route = make_route((), {}, {}, -1)
        self._followed: tuple[int, tuple[str, ...], Indices] = (-1, (), _NO_ROWS)
        self._views: dict[str, tuple[object, Estimates]] = {}

    def tick(self, at: int | None) -> None:
        """Move the clock; it never goes back."""
        if at is not None:
            self._clock = at if self._clock is None else max(self._clock, at)
            self.trainer.tick(moment(self._clock))

    def add(self, symbol: str, config: RegimeConfig, history: History) -> None:
        """Follow a symbol; its history waits for the next turn."""
        if symbol not in self.tracks.rows and not self.tracks.resume(symbol):
            self.tracks.open(symbol, config)
            self.book.grow(self.tracks.capacity)
        if len(history):
            self.pending.setdefault(symbol, deque()).append(history)

    def remove(self, symbol: str, keep: bool) -> None:
        """Follow a symbol no longer."""
        if symbol not in self.tracks.rows and (keep or not self.tracks.resume(symbol)):
            return
        self.pending.pop(symbol, None)
        if keep:
            self.book.hide(self.tracks.park(symbol))
        else:
            row = self.tracks.rows[symbol]
            self.book.clear(row)
            self.passes.forget(row)
            self.tracks.close(symbol)

    def split(self, symbol: str, factor: float) -> None:
        """Scale what comes before a symbol's next bar."""
        rows = self.tracks.rows if symbol in self.tracks.rows else self.tracks.parked
        self.tracks.last_close[rows[symbol]] *= factor
        if symbol in self.pending:
            self.pending[symbol] = deque(piece.scaled(factor) for piece in self.pending[symbol])

    def followed(self) -> tuple[tuple[str, ...], Indices]:
        """All symbols, sorted, and their rows."""
        generation, symbols, rows = self._followed
        if generation != self.tracks.generation:
            symbols = tuple(sorted(self.tracks.rows))
            rows = np.array([self.tracks.rows[symbol] for symbol in symbols], np.int64)
            self._followed = (self.tracks.generation, symbols, rows)
        return symbols, rows

    def update(self, at: int, bars: Mapping[str, float | PriceBar]) -> tuple[Estimates, list[RegimeEstimate]]:
        """One bar for any number of symbols; estimates of those that are ready, and of those that changed."""
        with self.turn:
            clock = self.profiler.clock
            begun = collecting = clock()
            with self.lock:
                self.tick(at)
            if self.pending:
                with self._watch:
                    self._absorb(at)
                collecting = clock()
            with self.lock:
                jobs = self._market_job(self.universe, at) if self.universe is not None else []
                route, taken = self._take(at, bars)
                collected = clock()
                rows = taken[0]
                due = self.tracks.due(rows, at) if len(rows) else rows
                jobs += self._jobs([(int(row), at) for row in due]) if len(due) else []
            trained: list[Trained] = []
            if jobs:
                with self._watch:
                    trained = self._train(jobs)
            with self.lock:
                self._install(trained)
                if len(rows):
                    self._report(rows)
                if self.universe is not None and self.universe.take(self.book, *taken, at):
                    self._report(np.array([self.universe.row]))
                view = self.view("update", route, route.names, route.symbols, route.rows)
                changed = self._announce()
            if begun:
                ended = clock()
                notes = self._watch.notes
                notes.append((collecting, collected, begun, ended))
                if len(notes) >= MANY or self.profiler.busy:
                    self._watch.look(ended - begun)
            return view, changed

    def settle(self) -> None:
        """Take waiting history in, as far as the clock allows."""
        if self.pending:
            with self.turn:
                self._absorb(self._clock)

    def view(self, name: str, token: object, names: Sequence[str], symbols: Sequence[str], rows: Indices) -> Estimates:
        """Estimates of those rows that are ready; the same object while nothing has changed."""
        token = (token, self.book.edition)
        held = self._views.get(name)
        if held is not None and held[0] == token:
            return held[1]
        known = self.book.state[rows] >= 0
        if not known.all():
            places = np.flatnonzero(known)
            names, symbols, rows = [names[at] for at in places], [symbols[at] for at in places], rows[places]
        view = self.book.estimates(names, symbols, rows)
        self._views[name] = (token, view)
        return view

    def _take(self, at: int, bars: Mapping[str, Any]) -> tuple[Route, Taken]:
        keys = tuple(bars)
        route = self._route
        if route.generation != self.tracks.generation or route.keys != keys:
            route = self._route = make_route(keys, self.tracks.rows, self.aliases, self.tracks.generation)
        if route.unknown:
            self.tracks.tally.reject({"unknown symbol": len(route.unknown)})
            some = ", ".join(map(str, route.unknown[:5]))
            self.notices.say("unknown symbol", f"bars of symbols that were never added are skipped: {some}")
        closes, whole = read_prices(bars.values())
        if route.kept is not None:
            closes, whole = closes[route.kept], None if whole is None else whole[route.kept]
        taken = self.tracks.take(route.rows, closes, whole, at)
        self.tracks.tally.seen += len(taken[0])
        if self.tracks.tally.rejected:
            self._warn_of_rejected()
        return route, taken

    def _market_job(self, universe: Universe, at: int) -> list[Job]:
        asked = universe.ask(*self.followed(), at)
        return [] if asked is None else [Job(universe.row, at, *asked)]

    def _warn_of_rejected(self) -> None:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in self.tracks.tally.rejected.items())
        self.notices.say("rejected", f"bad prices are skipped and counted: {reasons}")

    def _absorb(self, limit: int | None) -> None:
        # Piece by piece, so that it does not matter at which turn the pieces are taken in.
        with self.profiler.measure("history"):
            while True:
                with self.lock:
                    paths = self._take_pieces(limit)
                    if not paths:
                        return
                    ends = self.tracks.last_end
                    jobs = self._jobs([(row, int(ends[row])) for row in paths if len(self.tracks.due([row], int(ends[row])))])
                trained = self._train(jobs) if jobs else []
                with self.lock:
                    refit = {result.job.row for result in trained}
                    for row, path in paths.items():
                        # A new model's belief takes the place of the last step.
                        path = path[:-1] if row in refit else path
                        if len(path):
                            self._follow(row, path)
                    self._install(trained)
                    self._report(np.array(sorted(refit), np.int64))

    def _take_pieces(self, limit: int | None) -> dict[int, FloatArray]:
        paths: dict[int, FloatArray] = {}
        for symbol in sorted(self.pending):
            queue = self.pending[symbol]
            piece = queue[0]
            ripe = len(piece) if limit is None else int(np.searchsorted(piece.ends, limit, side="right"))
            if not ripe:
                continue
            if ripe == len(piece):
                queue.popleft()
                if not queue:
                    del self.pending[symbol]
            else:
                queue[0] = piece[ripe:]
            row = self.tracks.rows[symbol]
            before = self.tracks.bars[row]
            paths[row] = self.tracks.take_history(row, piece[:ripe])
            self.tracks.tally.seen += int(self.tracks.bars[row] - before)
        return paths

    def _jobs(self, due: Sequence[tuple[int, int]]) -> list[Job]:
        jobs = []
        for row, at in sorted(due, key=lambda item: self.tracks.names[item[0]]):
            symbol, config, window = self.tracks.names[row], self.tracks.config(row), self.tracks.window(row)
            grows = self.passes.reserve(row, most_pass_bytes(config))
            before = self.book.model(row) if grows else None
            request = TrainingRequest(symbol, config, window.returns, window.variances, before=before, grows=grows)
            jobs.append(Job(row, at, model_key(symbol, config, window), request))
            self.tracks.tried(row, at)
        return jobs

    def _train(self, jobs: Sequence[Job]) -> list[Trained]:
        if self._clock is None:  # history alone; models must not be put into the cache before its time began
            self.trainer.tick(moment(max(job.at for job in jobs)))
        symbols = len(self.tracks.rows)
        self.notices.check_load(symbols, self.trainer.batch)
        results = self.trainer.obtain([(job.key, job.request) for job in jobs], symbols)
        trained = []
        for job, result in zip(jobs, results, strict=True):
            if isinstance(result, MarketModel) and isinstance(job.request, MarketRequest):
                trained.append(Trained(job, result.model, market_path(result, job.request), result))
            elif isinstance(result, RegimeModel):
                path = result.filter_window(job.request.returns, job.request.variances)
                trained.append(Trained(job, result, path))
        return trained

    def _install(self, trained: Sequence[Trained]) -> None:
        for result in trained:
            row = result.job.row
            self.tracks.install(row, result.model, result.path[-1])
            self.book.refit(row, Fit(result.model, moment(result.job.at), result.job.key.text))
            if not self.book.known(row):
                self.book.begin(row, result.path, float(self.tracks.switch[row]))
            if result.market is not None and self.universe is not None and isinstance(result.job.request, MarketRequest):
                self.universe.adopt(result.market, result.job.request, self.book)
                self._report(np.array([row]))

    def _report(self, rows: Indices) -> None:
        rows = self.tracks.fitted(rows)
        if len(rows):
            tracks = self.tracks
            self.book.report(rows, tracks.beliefs(rows), tracks.switch[rows], tracks.bars[rows], tracks.last_end[rows])

    def _follow(self, row: int, path: FloatArray) -> None:
        tracks = self.tracks
        self.book.follow(row, path, float(tracks.switch[row]), int(tracks.bars[row]), int(tracks.last_end[row]))

    def _announce(self) -> list[RegimeEstimate]:
        symbols, rows = self.followed()
        changed = set(self.book.announce(rows).tolist())
        self.changes = (
            tuple(symbol for symbol, row in zip(symbols, rows.tolist(), strict=True) if row in changed) if changed else ()
        )
        found = [self.book.current(self.tracks.rows[symbol], symbol) for symbol in self.changes] if self.listened else []
        return [estimate for estimate in found if estimate is not None]
