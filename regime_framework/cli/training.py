"""``train``: one model a file, kept in a directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from regime_framework.cli.prices import BadPrices, read_prices
from regime_framework.cli.progress import progress
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.service import BatchRegimeUpdater, DirectoryModelStore, RegimeService

__all__ = ["train_files"]

_EXECUTORS = ("threads", "processes", "dask")


def train_files(
    files: Sequence[Path],
    config: RegimeConfig,
    *,
    store: Path,
    executor: str,
    workers: int | None,
    address: str | None,
    column: str | None,
    date_format: str | None,
) -> str:
    """Train one model a file on its last window, keep them, and return what to print.

    Raises
    ------
    BadPrices
        If a file cannot be used, or two files have one name.
    InvalidSetting
        If an option breaks its rule.
    FitError
        If no model could be trained.
    """
    if executor not in _EXECUTORS:
        raise InvalidSetting("executor", f"must be one of {list(_EXECUTORS)}", executor)
    if workers is not None and workers < 1:
        raise InvalidSetting("workers", "must be at least 1", workers)
    if address is not None and executor != "dask":
        raise InvalidSetting("address", "needs --executor dask", address)
    read = [
        read_prices(file, column=column, date_format=date_format) for file in progress(files, total=len(files), label="Reading")
    ]
    names = [prices.symbol for prices in read]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadPrices(f"two files are named {twice}: the name is the symbol, so each must have its own")
    with _executor(executor, workers, address) as pool:
        service = RegimeService(config, store=DirectoryModelStore(store), batch=BatchRegimeUpdater(workers, executor=pool))
        service.load()
        for prices in read:
            service.add(prices.symbol, prices.bars, prices.times)
        written = service.save()
    statistics = service.statistics
    problems = [f"{symbol}: {', '.join(reasons)}" for symbol, reasons in sorted(statistics.failures.items())]
    problems += [
        f"{prices.symbol}: {len(prices.times)} bars, {config.min_bars + 1} are needed"
        for prices in read
        if prices.symbol not in statistics.failures and not service.is_ready(prices.symbol)
    ]
    if not statistics.ready:
        raise FitError(f"no model was trained. {'; '.join(problems)}")
    summary = (
        f"{statistics.ready} of {len(read)} symbols have a model: {statistics.trainings} trained, "
        f"{statistics.models_loaded} found in the store, {written} written to {store}"
    )
    return "\n".join([summary, *(f"not trained: {problem}" for problem in problems)])


@contextmanager
def _executor(name: str, workers: int | None, address: str | None) -> Iterator[Executor | None]:
    if name == "threads":
        yield None
    elif name == "processes":
        # Forking a process whose kernels have started threads may hang it.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield pool
    else:
        try:
            from distributed import Client
        except ImportError:
            raise InvalidSetting("executor", "needs dask: pip install 'regime-framework[dask]'", name) from None
        try:
            make: Callable[..., Any] = Client  # dask carries no types
            client = make(address) if address else make(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        except (OSError, ValueError) as error:
            raise InvalidSetting("address", f"must be a running dask scheduler ({error})", address) from None
        with client:
            yield client.get_executor()
