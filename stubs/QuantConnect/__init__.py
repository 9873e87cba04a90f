"""LEAN's root namespace; its classes come from AlgorithmImports."""

from __future__ import annotations

from typing import Any

import AlgorithmImports  # noqa: F401  # offers what is looked up here
from lean_stubs.clr.namespaces import attribute, install

install()


def __getattr__(name: str) -> Any:
    return attribute("QuantConnect", name)
