"""Trainings of many symbols at once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.models import FitFailure, MarketModel, RegimeModel, train_many, train_market

__all__ = ["BatchRegimeUpdater", "MarketRequest", "Result", "TrainingRequest"]

Result: TypeAlias = RegimeModel | MarketModel | FitFailure

_log = logging.getLogger("regime_framework")


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRequest:
    """One symbol's training: its window and what to make of it.

    Parameters
    ----------
    symbol : str
    config : RegimeConfig
    returns : ndarray, shape (T,)
    variances : ndarray, shape (T,), or None
        NaN for a bar that came without a range.
    before : RegimeModel, optional
        The model in use, where the window has only grown since.
    grows : bool, default False
        Go on from `before`, and keep where the next training can go on.
    """

    symbol: str
    config: RegimeConfig
    returns: FloatArray
    variances: FloatArray | None
    before: RegimeModel | None = field(default=None, kw_only=True)
    grows: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True, eq=False)
class MarketRequest(TrainingRequest):
    """The training of a market: windows of shape (S, T).

    Parameters
    ----------
    members : tuple of str
        The symbols in their order; empty for one row that is the index of all.
    last : int
        End of the last bar, in microseconds since 1970.
    """

    members: tuple[str, ...]
    last: int


class BatchRegimeUpdater:
    """Trains all symbols that are due at a bar together.

    Windows of one config and length go to the kernels in one call, on all cores and without the GIL. A model
    depends on its own window only, so that batch size, order and workers change nothing in a result.

    Parameters
    ----------
    max_workers : int, "auto" or None
        Threads of the kernels; "auto" and None take every core. May be changed between bars.
    use_parallel : bool, default True
        False trains on one thread and leaves the executor unused.
    executor : concurrent.futures.Executor, optional
        Single trainings are mapped over it instead: threads, loky, or dask.distributed's ``client.get_executor()``.
        It sees arrays and a config only, so a process pool works too (not inside LEAN's engine).

    Raises
    ------
    InvalidSetting
        If a value breaks its rule.
    """

    def __init__(
        self,
        max_workers: int | Literal["auto"] | None = None,
        *,
        use_parallel: bool = True,
        executor: Executor | None = None,
    ) -> None:
        if executor is not None and not callable(getattr(executor, "submit", None)):
            raise InvalidSetting("executor", "must be a concurrent.futures.Executor", executor)
        self.max_workers = max_workers
        self.use_parallel = bool(use_parallel)
        self.executor = executor
        self._complaint = ""

    @property
    def max_workers(self) -> int | Literal["auto"] | None:
        """Threads of the kernels, as given."""
        return self._max_workers

    @max_workers.setter
    def max_workers(self, value: int | Literal["auto"] | None) -> None:
        whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        if not (value is None or value == "auto" or whole):
            raise InvalidSetting("max_workers", 'must be a whole number of at least 1, "auto" or None', value)
        self._max_workers = value

    @property
    def workers(self) -> int:
        """Threads in use: 1 without `use_parallel`, every core by default."""
        if not self.use_parallel:
            return 1
        return self._max_workers if isinstance(self._max_workers, int) else os.cpu_count() or 1

    def train(self, requests: Sequence[TrainingRequest]) -> list[Result]:
        """One result a request, in their order; what fails is reported in its own place and touches no other."""
        if self.executor is not None and self.use_parallel:
            return self._map(self.executor, requests)
        results: list[Result | None] = [None] * len(requests)
        for places in _alike(requests):
            for place, result in zip(places, self._kernel([requests[place] for place in places]), strict=True):
                results[place] = result
        return [result for result in results if result is not None]

    def _map(self, executor: Executor, requests: Sequence[TrainingRequest]) -> list[Result]:
        futures = [_submitted(executor, request) for request in requests]
        results: list[Result] = []
        for future in futures:
            try:
                results.append(future if isinstance(future, FitFailure) else future.result())
            except Exception as error:
                results.append(_failure(error))
        return results

    def _kernel(self, requests: Sequence[TrainingRequest]) -> Iterable[Result]:
        try:
            return _train(requests, self.workers)
        except Exception as error:
            if len(requests) == 1:
                return [_failure(error)]
            text = f"{type(error).__name__}: {error}"
            if text != self._complaint:  # said once, not at every bar
                self._complaint = text
                _log.warning("a batch of %d trainings failed (%s); training one by one", len(requests), text)
        return [result for request in requests for result in self._kernel([request])]


def _alike(requests: Sequence[TrainingRequest]) -> Iterable[list[int]]:
    groups: dict[tuple[RegimeConfig, tuple[int, ...], bool], list[int]] = {}
    for place, request in enumerate(requests):
        # A market goes alone; its shape is no other's.
        groups.setdefault((request.config, request.returns.shape, request.grows), []).append(place)
    return groups.values()


def _train(requests: Sequence[TrainingRequest], workers: int) -> Sequence[Result]:
    if isinstance(requests[0], MarketRequest):
        return [train_market(market.returns, market.config, variances=market.variances) for market in requests]
    returns = np.stack([request.returns for request in requests])
    variances = None
    if any(request.variances is not None for request in requests):
        absent = np.full(returns.shape[1], np.nan)
        variances = np.stack([absent if request.variances is None else request.variances for request in requests])
    before = [request.before for request in requests] if requests[0].grows else None
    return train_many(returns, requests[0].config, variances=variances, max_workers=workers, earlier=before)


def _submitted(executor: Executor, request: TrainingRequest) -> Future[Result] | FitFailure:
    try:
        return executor.submit(_train_alone, request)
    except Exception as error:  # it is shut down, or its workers have died
        return _failure(error)


# At module level, so that a process pool can import it.
def _train_alone(request: TrainingRequest) -> Result:
    return _train([request], 1)[0]


def _failure(error: Exception) -> FitFailure:
    return FitFailure(reason=type(error).__name__, message=str(error) or type(error).__name__)
