from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

from regime_framework import BatchRegimeUpdater, InvalidSetting, RegimeConfig, RegimeService
from regime_framework.models import FitFailure, RegimeModel
from regime_framework.service import updater as module
from regime_framework.service.updater import TrainingRequest
from tests.service.data import SMALL, closes, days

EM = RegimeConfig(lookback=60, min_bars=40, estimator="em")
HMMLEARN = RegimeConfig(lookback=60, min_bars=40, estimator="hmmlearn")


def request_for(symbol: str, n: int = 59, config: RegimeConfig = SMALL, ranged: bool = False) -> TrainingRequest:
    seed = sum(map(ord, symbol))
    returns = np.diff(np.log(closes(n + 1, seed=seed)[:, 0]))
    return TrainingRequest(symbol, config, returns, returns**2 + 1e-6 if ranged else None)


def prints(results: list[RegimeModel | FitFailure]) -> list[str]:
    return [result.reason if isinstance(result, FitFailure) else result.fingerprint() for result in results]


MIXED = [
    request_for("a"),
    request_for("b", ranged=True),
    request_for("c", 45),
    request_for("d", config=EM),
    TrainingRequest("flat", SMALL, np.zeros(59), None),
    request_for("e", config=HMMLEARN),
    request_for("f"),
]


def test_each_result_is_what_the_request_alone_gives() -> None:
    batch = BatchRegimeUpdater()
    alone = [prints(batch.train([request]))[0] for request in MIXED]
    assert prints(batch.train(MIXED)) == alone
    assert prints(batch.train(MIXED[::-1])) == alone[::-1]
    assert alone[4] == "constant series"
    assert batch.train([]) == []


def test_windows_of_one_config_and_length_go_to_the_kernels_together(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[tuple[int, ...]] = []
    real = module.train_many

    def watch(returns: Any, *args: Any, **kwargs: Any) -> Any:
        shapes.append(returns.shape)
        return real(returns, *args, **kwargs)

    monkeypatch.setattr(module, "train_many", watch)
    BatchRegimeUpdater().train(MIXED)
    assert sorted(shapes) == [(1, 45), (1, 59), (1, 59), (4, 59)]


@pytest.mark.parametrize("use_parallel", [True, False])
def test_an_executor_gives_the_same_models(use_parallel: bool) -> None:
    used: list[str] = []
    with ThreadPoolExecutor(2, initializer=lambda: used.append(threading.current_thread().name)) as pool:
        batch = BatchRegimeUpdater(executor=pool, use_parallel=use_parallel)
        assert prints(batch.train(MIXED)) == prints(BatchRegimeUpdater(1).train(MIXED))
    assert bool(used) is use_parallel


def test_a_users_process_pool_gives_the_same_models() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert prints(BatchRegimeUpdater(executor=pool).train(MIXED[:4])) == prints(BatchRegimeUpdater(1).train(MIXED[:4]))


@pytest.mark.parametrize("executor", [True, False])
def test_an_exception_is_reported_in_its_place_only(monkeypatch: pytest.MonkeyPatch, executor: bool) -> None:
    real, poison = module.train_many, MIXED[0].returns[0]

    def fail(returns: Any, *args: Any, **kwargs: Any) -> Any:
        if poison in returns[:, 0]:
            raise ZeroDivisionError("poisoned")
        return real(returns, *args, **kwargs)

    expected = prints(BatchRegimeUpdater().train(MIXED))
    monkeypatch.setattr(module, "train_many", fail)
    with ThreadPoolExecutor(1) as pool:
        results = BatchRegimeUpdater(executor=pool if executor else None).train(MIXED)
    assert results[0] == FitFailure("ZeroDivisionError", "poisoned")
    assert prints(results)[1:] == expected[1:]


@pytest.mark.parametrize("workers", [0, -1, 2.5, True, "many"])
def test_workers_are_checked(workers: Any) -> None:
    with pytest.raises(InvalidSetting, match=r"^max_workers "):
        BatchRegimeUpdater(workers)
    batch = BatchRegimeUpdater(2)
    with pytest.raises(InvalidSetting, match=r"^max_workers "):
        batch.max_workers = workers
    assert batch.max_workers == 2


def test_executor_is_checked() -> None:
    with pytest.raises(InvalidSetting, match=r"^executor "):
        BatchRegimeUpdater(executor="processes")  # type: ignore[arg-type]


def test_workers_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "cpu_count", lambda: 6)
    assert [BatchRegimeUpdater(given).workers for given in (None, "auto", 1, 4)] == [6, 6, 1, 4]  # type: ignore[arg-type]
    assert BatchRegimeUpdater(4, use_parallel=False).workers == 1


def test_an_executor_that_takes_no_work_fails_each_training_and_nothing_else() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    prices, ends = closes(53)[:, 0], days(53)
    service = RegimeService(RegimeConfig(lookback=60, min_bars=40, retrain="daily"))
    service.add("S", prices[:51], ends[:51])
    first = service.estimate("S")
    service.batch = BatchRegimeUpdater(executor=pool)
    for bar in (51, 52):
        found = service.update(ends[bar], {"S": prices[bar]})["S"]
    assert service.statistics.failures == {"S": {"RuntimeError": 2}}
    assert first is not None
    assert (found.trained_at, found.as_of) == (first.trained_at, ends[52])
    assert sum("could not be trained" in text for text in service.warnings) == 1
