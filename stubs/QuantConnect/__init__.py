"""LEAN's root namespace; its members and sub-namespaces come from AlgorithmImports."""

from __future__ import annotations

from typing import Any

import AlgorithmImports
from lean_stubs.clr.namespaces import install

install()


def __getattr__(name: str) -> Any:
    value = getattr(AlgorithmImports, name, None)
    if name.startswith("__") or value is None:
        raise AttributeError(f"module 'QuantConnect' has no attribute '{name}'")
    return value
