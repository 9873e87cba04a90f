"""Fixtures for pytest: ``lean`` and ``lean_data``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from lean_stubs.testing.bench import ModelBench
    from lean_stubs.testing.fake_data import FakeData
    from lean_stubs.testing.run import RunResult

__all__ = ["Lean", "lean", "lean_data"]


class Lean:
    """What the fixture ``lean`` gives: runs and benches that share one object store, forgotten after the test."""

    def __init__(self, store: Path, stack: ExitStack, data: FakeData) -> None:
        self._stack, self._data = stack, data
        #: Folder of the object store.
        self.store = store

    def run(self, algorithm: Any, data: Any = None, **options: Any) -> RunResult:
        """Run a class or a file, on the test's ``lean_data`` unless told otherwise; see :func:`lean_stubs.run_algorithm`."""
        from lean_stubs.testing.run import run_algorithm

        return run_algorithm(algorithm, self._data if data is None else data, object_store=self.store, **options)

    __call__ = run

    def bench(self, *tickers: str, **options: Any) -> ModelBench:
        """An algorithm that stands still, for single calls of a model; see :class:`lean_stubs.testing.ModelBench`."""
        from lean_stubs.testing.bench import ModelBench

        return self._stack.enter_context(ModelBench(tickers or ("SPY",), object_store=self.store, **options))


@pytest.fixture
def lean_data() -> FakeData:
    """Two years of SPY and QQQ that change between calm and storm, from a fixed seed; a test may add to it."""
    from lean_stubs.testing.fake_data import FakeData

    return FakeData("2018-01-01", "2019-12-31").regimes("SPY", "QQQ", seed=1)


@pytest.fixture
def lean(tmp_path: Path, lean_data: FakeData) -> Iterator[Lean]:
    """Runs algorithms and single calls of models."""
    with ExitStack() as stack:
        yield Lean(tmp_path / "object-store", stack, lean_data)
