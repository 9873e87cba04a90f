"""The cross-section of all symbols as one more series: the market that they make up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.config import RegimeConfig
from regime_framework.models import MarketModel
from regime_framework.service.book import Book
from regime_framework.service.clock import NEVER
from regime_framework.service.cross_section import bars_before, cross_section
from regime_framework.service.keys import ModelKey, market_key
from regime_framework.service.tracks import Tracks
from regime_framework.service.updater import MarketRequest

__all__ = ["UNIVERSE", "Universe", "market_path"]

UNIVERSE: Final = "universe"


class Universe:
    """The market of all symbols, followed in a row of its own.

    A bar of the market may come in several pieces, one call a symbol at worst, and whoever calls first cannot know
    what is still to come. So the market is trained on bars that are over, at the first call of a new bar; and each
    further piece takes the step of its bar again, from the belief and the reported regime before it. The result does
    not depend on how a bar was cut.

    Who is a member is settled by each training. In between, one that has no bar is left out of that bar, and
    a symbol that was added waits for the next training.
    """

    def __init__(self, config: RegimeConfig, tracks: Tracks) -> None:
        self._config = config
        self._tracks = tracks
        self.row: Final = tracks.open(UNIVERSE, config, listed=False)
        self._at = NEVER  # the bar that is open
        self._counted = NEVER
        self._model: MarketModel | None = None
        self._members: tuple[str, ...] = ()
        self._places: Indices = np.empty(0, np.int64)  # of a row among the members, or -1
        self._generation = -1
        self._ranged = False
        self._returns: FloatArray = np.empty(0)
        self._variances: FloatArray = np.empty(0)
        self._all: list[float] = []
        # Before the step of the bar at `_stepped`: the belief, and what was reported.
        self._stepped = NEVER
        self._belief: FloatArray = np.empty(0)
        self._reported = (0, False)

    def ask(self, symbols: Sequence[str], rows: Indices, at: int) -> tuple[ModelKey, MarketRequest] | None:
        """The training that is due at the first call of a bar, before anything of that bar is taken in."""
        tracks, row = self._tracks, self.row
        if at <= self._at:
            return None
        if self._model is None and len(rows):
            # Symbols of different times may know more bars together than any of them; looked up once, it takes long.
            together = bars_before(tracks, rows, at) if self._at == NEVER else 0
            tracks.bars[row] = max(tracks.bars[row], tracks.bars[rows].max(), together)
        self._at = at
        if not len(tracks.due([row], at)):
            return None
        section = cross_section(tracks, symbols, rows, self._config, at)
        if section is None:
            return None
        tracks.tried(row, at)
        return market_key(UNIVERSE, self._config, section), MarketRequest(
            UNIVERSE, self._config, section.returns, section.variances, section.members, section.last
        )

    def adopt(self, model: MarketModel, request: MarketRequest, book: Book) -> None:
        """Follow the market by a new model, whose belief at the end of its window is installed already."""
        self._model, self._members, self._generation = model, request.members, -1
        self._ranged = request.variances is not None
        self._returns = np.empty(len(request.members))
        self._variances = np.empty(len(request.members))
        self._tracks.last_end[self.row] = max(self._tracks.last_end[self.row], request.last)
        self._stepped = NEVER
        self._keep(book)

    def take(self, book: Book, rows: Indices, returns: FloatArray, variances: FloatArray | None, at: int) -> bool:
        """A piece of a bar's cross-section, shape (n,); whether the market has moved."""
        if at < self._at or not len(rows):
            return False
        tracks = self._tracks
        if self._counted < at:
            self._counted = at
            tracks.bars[self.row] += self._model is None
        if self._model is None:
            return False
        if not self._gather(rows, returns, variances, at):
            return False
        value, variance = self._observe(self._model)
        again = self._stepped == at
        if again:
            tracks.install(self.row, self._model.model, self._belief)
            book.recall(self.row, self._reported)
        else:
            if self._stepped != NEVER:
                self._keep(book)
            book.recall(self.row, self._reported)
            self._stepped = at
        tracks.advance(self.row, value, variance, at, again=again)
        return True

    def _keep(self, book: Book) -> None:
        assert self._model is not None
        self._belief = self._tracks.beliefs(np.array([self.row]))[0, : self._model.model.n_states]
        self._reported = book.reported(self.row)

    def _gather(self, rows: Indices, returns: FloatArray, variances: FloatArray | None, at: int) -> bool:
        if self._stepped != at:
            self._returns.fill(np.nan)
            self._variances.fill(np.nan)
            self._all.clear()
        if not self._members:
            known = returns[np.isfinite(returns)].tolist()
            self._all += known
            return bool(known)
        if self._generation != self._tracks.generation:
            self._find()
        places = self._places[rows]
        which = (places >= 0) & np.isfinite(returns)
        if not which.any():
            return False
        self._returns[places[which]] = returns[which]
        if variances is not None and self._ranged:
            self._variances[places[which]] = variances[which]
        return True

    def _find(self) -> None:
        # By name: a row that was given up may have gone to another symbol.
        self._generation = self._tracks.generation
        self._places = np.full(self._tracks.capacity, -1, np.int64)
        for place, name in enumerate(self._members):
            if name in self._tracks.rows:
                self._places[self._tracks.rows[name]] = place

    def _observe(self, model: MarketModel) -> tuple[float, float]:
        if not self._members:
            # fsum rounds once, so that the mean does not depend on the order of the symbols.
            return math.fsum(self._all) / len(self._all), math.nan
        value, variance = model.observe(self._returns, self._variances if self._ranged else None)
        return float(value), float(variance)


def market_path(model: MarketModel, request: MarketRequest) -> FloatArray:
    """Filtered probabilities of the market over its training window, shape (T, K)."""
    returns, variances = model.observe(request.returns, request.variances)
    return model.model.filter_window(np.asarray(returns), np.asarray(variances))
