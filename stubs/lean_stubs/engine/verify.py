"""Compares a run here with one of a LEAN that the user has built."""

from __future__ import annotations

from pathlib import Path


def verify(file: Path, lean: Path, data: Path, name: str | None, parameters: dict[str, str]) -> int:
    raise NotImplementedError
