"""Rows of one kernel call over the cores."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

__all__ = ["over_rows"]

# Starting threads and waking them costs about a tenth of this; below it one thread is faster.
_WORTH_THREADS: Final = 3.0


def over_rows(run: Callable[[slice], None], n_rows: int, milliseconds: float, max_workers: int | None) -> None:
    """Call `run` on slices that cover all rows, on threads where there is enough to do.

    Parameters
    ----------
    run : callable
        One call of a kernel that releases the GIL. Anything that holds it would make two threads wait for each other.
    n_rows : int
    milliseconds : float
        Rough work in all.
    max_workers : int or None
        Threads at most; None for every core.
    """
    if max_workers == 1 or milliseconds < _WORTH_THREADS:
        run(slice(0, n_rows))
        return
    workers = min(max_workers or os.cpu_count() or 1, n_rows)
    # Small pieces, so that one slow row does not keep a core waiting.
    n_pieces = min(n_rows, 4 * workers)
    edges = [n_rows * i // n_pieces for i in range(n_pieces + 1)]
    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(run, slice(first, last)) for first, last in itertools.pairwise(edges)]:
            future.result()
