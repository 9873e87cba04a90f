"""Brokerage models: the default one, and Interactive Brokers', which is the same for US equities in a margin account."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.common.enums import AccountType

__all__ = ["check_brokerage"]

_SAME = ("DEFAULT", "QUANTCONNECT_BROKERAGE", "QUANT_CONNECT_BROKERAGE", "INTERACTIVE_BROKERS_BROKERAGE", "INTERACTIVE_BROKERS")


def check_brokerage(brokerage: Any, account_type: Any = AccountType.MARGIN) -> None:
    """Refuse what would change fills, fees or buying power.

    Raises
    ------
    NotOffered
        Another brokerage, a brokerage model object, or a cash account.
    """
    if str(brokerage) not in _SAME:
        raise NotOffered("QCAlgorithm.set_brokerage_model", f"brokerage {brokerage}: fills and fees are those of LEAN's default")
    if account_type != AccountType.MARGIN:
        raise NotOffered("QCAlgorithm.set_brokerage_model", "only margin accounts")
