"""Progress: a bar on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["progress"]

T = TypeVar("T")

_LINES = 4


def progress(items: Iterable[T], *, total: int, label: str) -> Iterator[T]:
    """The items again, with what is done said on standard error."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        yield from tqdm(items, total=total, desc=label, unit_scale=True, leave=False)
        return
    for done, item in enumerate(items, start=1):
        yield item
        if done * _LINES // max(total, 1) > (done - 1) * _LINES // max(total, 1):
            print(f"{label}: {done:,} of {total:,}", file=sys.stderr, flush=True)
