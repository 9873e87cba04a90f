"""Which side a portfolio may take."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

__all__ = ["PortfolioBias"]


class PortfolioBias(ClrEnum, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    SHORT: PortfolioBias = value(-1)
    LONG_SHORT: PortfolioBias = value(0)
    LONG: PortfolioBias = value(1)
