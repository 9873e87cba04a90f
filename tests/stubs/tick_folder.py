"""Small data folders with ticks in LEAN's format."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.runner import run

DAY = "20190102"
#: 9:30 and 16:00 in milliseconds.
OPENS, CLOSES = 34_200_000, 57_600_000


def trade(after: int, price: float, shares: float = 100, exchange: str = "P", condition: str = "0", flag: int = 0) -> str:
    """A trade so many milliseconds after the open."""
    return f"{OPENS + after},{round(price * 10000)},{shares:g},{exchange},{condition},{flag}"


def quote(after: float, bid: float = 0, ask: float = 0, size: int = 5, exchange: str = "Q", flag: int = 0) -> str:
    """A quote of one side or both."""
    sides = f"{round(bid * 10000)},{size if bid else 0},{round(ask * 10000)},{size if ask else 0}"
    return f"{OPENS + after},{sides},{exchange},1,{flag}"


def write_ticks(folder: Path, ticker: str = "spy", day: str = DAY, **kinds: Iterable[str]) -> Path:
    """Add a day's trades and quotes to a data folder, or take them away."""
    room = folder / "equity" / "usa" / "tick" / ticker
    room.mkdir(parents=True, exist_ok=True)
    for kind, given in kinds.items():
        lines = list(given)
        if not lines:
            (room / f"{day}_{kind}.zip").unlink(missing_ok=True)
            continue
        with zipfile.ZipFile(room / f"{day}_{kind}.zip", "w") as archive:
            archive.writestr(f"{day}_{ticker}_{kind.title()}_Tick.csv", "\n".join(lines) + "\n")
    return folder


def write_file(folder: Path, room: str, ticker: str, text: str) -> None:
    """Add a map or factor file."""
    target = folder / "equity" / "usa" / room
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{ticker}.csv").write_text(text, encoding="utf-8")


def run_on(folder: Path, algorithm: Any) -> Any:
    """The user's object after a run that came to its end."""
    state = run(algorithm, RunContext(LeanFolder(folder)))
    assert state.run_error is None, state.run_error
    return state.user
