"""The one place that knows numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["kernel"]

_F = TypeVar("_F", bound=Callable[..., Any])


def kernel(function: _F) -> _F:
    """Compile a function of arrays that runs without the GIL, cached where possible.

    Strict floating point: no sum is reordered, so the bits are the same on every machine. Division by zero gives an
    infinity, as numpy's does: a test before each division would keep loops from being vectorised.
    """
    return _compile(function, nogil=True, error_model="numpy")


def _compile(function: _F, **options: Any) -> _F:
    try:
        return cast(_F, numba.njit(cache=True, **options)(function))
    except RuntimeError:
        # Containers may offer no directory that can be written; numba then refuses to cache at all.
        return cast(_F, numba.njit(cache=False, **options)(function))
