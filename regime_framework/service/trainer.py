"""From training windows to models: cache, store, batch training, and the counts of it."""

from __future__ import annotations

import json
import logging
from collections.abc import MutableMapping, Sequence
from datetime import datetime
from typing import Any, Final

from regime_framework.models import FitFailure, MarketModel, RegimeModel, load_market_model, load_model
from regime_framework.service.cache import RegimeModelCache
from regime_framework.service.desk import TrainingDesk
from regime_framework.service.keys import ModelKey
from regime_framework.service.notices import Notices
from regime_framework.service.profiler import PerformanceProfiler
from regime_framework.service.store import ModelStore
from regime_framework.service.updater import BatchRegimeUpdater, MarketRequest, Result, TrainingRequest

__all__ = ["Trainer"]

_UNSAVED: Final = 4096  # models kept for `save` before they are written unasked
_HEAD: Final = b"regime-model 1\n"

_log = logging.getLogger("regime_framework")


class Trainer:
    """Finds each model in the cache or in the store, or has it trained.

    Attributes
    ----------
    trainings, hits, misses, loaded : int
    failures : dict of str to dict of str to int
        By symbol and reason.
    """

    def __init__(
        self,
        cache: MutableMapping[Any, Any],
        batch: BatchRegimeUpdater,
        store: ModelStore | None,
        profiler: PerformanceProfiler,
        notices: Notices,
        *,
        watch_hits: bool = False,
    ) -> None:
        self.cache = cache
        self._watch_hits = watch_hits
        self.batch = batch
        self.store = store
        self._profiler = profiler
        self._notices = notices
        self._desk: TrainingDesk[ModelKey, TrainingRequest, Result] = TrainingDesk.of(cache)
        self.trainings = self.hits = self.misses = self.loaded = 0
        self.failures: dict[str, dict[str, int]] = {}
        self._unsaved: dict[str, bytes] = {}
        self._stored: set[str] = set()
        self._indexed = False

    def tick(self, now: datetime) -> None:
        """Move the cache's clock, if it has one."""
        if isinstance(self.cache, RegimeModelCache):
            self.cache.advance(now)

    def obtain(self, requests: Sequence[tuple[ModelKey, TrainingRequest]], symbols: int) -> list[Result]:
        """One model, or the reason why there is none, for each request; `symbols` are followed in all."""
        with self._profiler.measure("training"):
            answers = self._desk.obtain(requests, self._make, _usable)
        for (key, _), answer in zip(requests, answers, strict=True):
            if answer.source == "cache":
                self.hits += 1
            else:
                self.misses += 1
            if isinstance(answer.result, FitFailure):
                self._failed(key.symbol, answer.result)
            elif self.store is not None and key.text not in self._stored:
                self._keep(key, answer.result)
        if self._watch_hits:
            self._notices.check_hits(self.hits, self.hits + self.misses, symbols, self.cache, requests[0][1].config)
        return [answer.result for answer in answers]

    def save(self) -> int:
        """Write what the store does not have yet; the number of models written."""
        if self.store is None:
            return 0
        unsaved, self._unsaved = self._unsaved, {}
        refused = {text: data for text, data in unsaved.items() if not self.store.put(text, data)}
        if refused:
            self._stored.difference_update(refused)
            self._notices.say("store refused", f"the store refused {len(refused)} of {len(unsaved)} models")
        return len(unsaved) - len(refused)

    def load(self) -> int:
        """Read which models the store has; the number of them. Each is read when it is needed."""
        if self.store is None:
            return 0
        self._stored = set(self.store.keys())
        self._indexed = True
        return len(self._stored)

    def _make(self, requests: Sequence[tuple[ModelKey, TrainingRequest]]) -> list[Result]:
        found: dict[ModelKey, Result] = {}
        if self.store is not None:
            for key, request in requests:
                model = self._fetch(key, request, self.store)
                if model is not None:
                    found[key] = model
        missing = [(key, request) for key, request in requests if key not in found]
        if missing:
            results = self.batch.train([request for _, request in missing])
            for (key, _), result in zip(missing, results, strict=True):
                found[key] = result
                self.trainings += not isinstance(result, FitFailure)
        return [found[key] for key, _ in requests]

    def _fetch(self, key: ModelKey, request: TrainingRequest, store: ModelStore) -> RegimeModel | MarketModel | None:
        text = key.text
        if self._indexed and text not in self._stored:
            return None
        try:
            data = self._unsaved.get(text) or store.get(text)
            if data is None:
                return None
            body = _unpack(key, data)
            model = load_market_model(body) if isinstance(request, MarketRequest) else load_model(body)
        except Exception as error:  # a store is the user's code, and what it holds may be anything: both are a miss
            self._stored.discard(text)
            self._notices.say(f"damaged {text}", f"stored model {text} of {key.symbol} cannot be used and is trained anew: {error}")
            return None
        self.loaded += 1
        self._stored.add(text)
        return model

    def _keep(self, key: ModelKey, model: RegimeModel | MarketModel) -> None:
        self._stored.add(key.text)
        self._unsaved[key.text] = _pack(key, model)
        if len(self._unsaved) >= _UNSAVED:
            self.save()

    def _failed(self, symbol: str, failure: FitFailure) -> None:
        reasons = self.failures.setdefault(symbol, {})
        reasons[failure.reason] = reasons.get(failure.reason, 0) + 1
        self._notices.say(
            f"failure {failure.reason}",
            f"{symbol} could not be trained ({failure.reason}): {failure.message}; "
            "its last good model stays in use, further failures of this kind are counted in the statistics",
        )


def _usable(result: Result) -> bool:
    return not isinstance(result, FitFailure)


def _pack(key: ModelKey, model: RegimeModel | MarketModel) -> bytes:
    head = {"key": key.text, "symbol": key.symbol, "first": key.first, "last": key.last}
    return _HEAD + json.dumps(head).encode() + b"\n" + model.to_bytes()


def _unpack(key: ModelKey, data: bytes) -> bytes:
    if not data.startswith(_HEAD):
        raise ValueError("it is no stored regime model")
    head, _, body = data[len(_HEAD) :].partition(b"\n")
    said = json.loads(head)
    if said != {"key": key.text, "symbol": key.symbol, "first": key.first, "last": key.last}:
        raise ValueError(f"it belongs to another window, of {said.get('symbol')!r}")
    return body
