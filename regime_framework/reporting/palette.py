"""Colours of curves and regimes: calm is cool, risky is warm, and they stay apart without red against green."""

from __future__ import annotations

from typing import Final

from regime_framework.regimes import Regime

__all__ = ["MARKET", "STRATEGY", "regime_color"]

STRATEGY: Final = "#1f4e79"
MARKET: Final = "#8a939e"

_REGIMES: Final = {
    str(Regime.BULL): "#4f9fb0",
    str(Regime.RECOVERY): "#9cc5a1",
    str(Regime.SIDEWAYS): "#e3c878",
    str(Regime.BEAR): "#dd7a52",
    str(Regime.CRISIS): "#8f3553",
}


def regime_color(name: str) -> str:
    """A regime's colour as #rrggbb; grey for a name that is no regime's."""
    return _REGIMES.get(name, "#b9bfc6")
