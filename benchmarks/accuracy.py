"""`make accuracy`: how well the regimes are found, with standard errors, beside the alternatives.

Run as `python -m benchmarks.accuracy [--quick | --full] [--only PART ...] [--worlds WORLD ...] [--seed N] [--output FILE]`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Final

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from benchmarks.markets import arch_markets, lean_markets
from benchmarks.real_tables import market_tables
from benchmarks.simulation_tables import (
    JUMPMODELS,
    Size,
    Tick,
    bar_tables,
    break_table,
    full_sample_table,
    no_regime_table,
    online_tables,
    prior_table,
    units_table,
)
from benchmarks.tables import Table, header
from benchmarks.worlds import WORLDS

__all__ = ["main"]

SIZES: Final = {
    "quick": Size(series=6, full_sample=24, hmmlearn=2, jump=0, universes=2),
    "default": Size(series=32, full_sample=100, hmmlearn=6, jump=2, universes=8),
    "full": Size(series=64, full_sample=200, hmmlearn=32, jump=8, universes=20),
}
PARTS: Final = ("published", "online", "windows", "shapes", "priors", "units", "bars", "none", "break", "universe", "real")
# Series of the seeds below 1,000 were used to choose the priors; these were not.
_SEED: Final = 20_261_124

_PUBLISHED: Final = ("hardy2", "hardy3", "hardy2t5", "cbs2", "choppy2")
_ONLINE: Final = ("hardy2", "hardy3", "hardy2t5", "hardy3t5", "cbs2")
_SHAPES: Final = ("choppy2", "choppy3", "narrow2", "wide3", "sym2", "sym3", "rev2", "rev3")
_PRIORS: Final = ("hardy3", "hardy3t5", "choppy3", "wide3", "sym3", "rev3")
_UNITS: Final = ("hardy2", "hardy3")
_NONE: Final = ("iid", "iid_t5", "garch")


def _part(name: str, size: Size, quick: bool, seed: int, tick: Tick, worlds: Collection[str] = WORLDS) -> Iterator[Table]:
    def some(names: Sequence[str]) -> list[str]:
        return [name for name in names if name in worlds]

    few = Size(size.series, size.full_sample, max(2, size.hmmlearn // 2), 0, size.universes)
    if name == "published":
        yield full_sample_table(some(_PUBLISHED), size, seed, tick)
    elif name == "online":
        yield from online_tables(some(_ONLINE[:2]), (None,), size, seed + 1, tick)
        yield from online_tables(some(() if quick else _ONLINE[2:]), (None,), few, seed + 1, tick)
    elif name == "windows":
        yield from online_tables(some(("hardy2", "hardy3")), (252, 504, 1000), few, seed + 2, tick)
    elif name == "shapes":
        yield from online_tables(some(_SHAPES[-1:] if quick else _SHAPES), (None,), few, seed + 3, tick)
    elif name == "priors":
        yield prior_table(some(_PRIORS[:1] if quick else _PRIORS), size, seed + 8, tick)
    elif name == "units":
        yield units_table(some(_UNITS[:1] if quick else _UNITS), size, seed + 9, tick)
    elif name == "bars":
        yield from bar_tables(some(("hardy2", "hardy3")), size, seed + 4, tick)
    elif name == "none":
        yield no_regime_table(some(_NONE), size, seed + 5, tick)
    elif name == "break":
        yield break_table(size, seed + 6, tick)
    elif name == "universe":
        from benchmarks.universe_tables import universe_table

        yield universe_table(size, seed + 7, tick)
    elif name == "real":
        yield from market_tables(arch_markets(), (2, 3), tick, hmmlearn=not quick)
        if not quick:
            yield from market_tables(lean_markets(), (2, 3), tick, hmmlearn=False)


def _at_most(size: Size, series: int | None) -> Size:
    if series is None:
        return size
    return Size(*(min(count, series) for count in astuple(size)))


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the tables, and write them to a file where asked."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description="Accuracy of the detectors, with standard errors."
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--quick", dest="size", action="store_const", const="quick", help="a few series: does it run?")
    group.add_argument("--full", dest="size", action="store_const", const="full", help="twice the series")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=WORLDS, metavar="WORLD", help="only these simulations")
    parser.add_argument("--series", type=int, help="at most this many series, whatever the size")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--output", type=Path, help="also write the tables to this file")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    name = chosen.size or "default"
    size = _at_most(SIZES[name], chosen.series)

    began = time.perf_counter()
    lines = [f"{header()}; size {name}, at most {size.series} series, seed {chosen.seed}", ""]
    if not JUMPMODELS:
        lines += ["jumpmodels is not installed (extra `bench`): its rows are left out.", ""]
    print("\n".join(lines))
    # hmmlearn's small matrix products are many times slower on several threads than on one.
    with threadpool_limits(1), tqdm(unit="refit", file=sys.stderr, disable=None) as progress:
        for part in PARTS:
            if part not in chosen.only:
                continue
            progress.set_description(part)
            for table in _part(part, size, name == "quick", chosen.seed, progress.update, chosen.worlds):
                text = table.text()
                lines.append(text)
                progress.clear()
                print(text, flush=True)
    lines.append(f"Measured in {(time.perf_counter() - began) / 60:.1f} minutes.")
    print(lines[-1])
    if chosen.output:
        chosen.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
