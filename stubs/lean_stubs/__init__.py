"""A runnable stand-in for QuantConnect's LEAN engine, for tests and for work without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lean_stubs.testing import FakeData, ModelBench, RunResult, run_algorithm

__all__ = ["FakeData", "ModelBench", "RunResult", "run_algorithm"]


def __getattr__(name: str) -> Any:
    # The testing room needs the whole engine, which needs this package: it is imported when it is asked for.
    if name in __all__:
        from lean_stubs import testing

        return getattr(testing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
