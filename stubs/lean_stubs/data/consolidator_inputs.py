"""Which of a symbol's subscriptions feeds a consolidator (LEAN: SubscriptionManager.AddConsolidator)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import overrides
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig

__all__ = ["config_for"]

#: Of bars the ticks that they are made of; ticks of an equity are first of all trades (LeanData.GetCommonTickType).
_KINDS = {"TradeBar": TickType.TRADE, "QuoteBar": TickType.QUOTE, "Tick": TickType.TRADE}
_ABSTRACT = frozenset({"BaseData", "IBaseData"})


def _type(consolidator: Any, name: str, pascal: str) -> Any:
    if not overrides.has(consolidator, name):
        return None
    return getattr(consolidator, name if hasattr(consolidator, name) else pascal)


def _is_valid(config: SubscriptionDataConfig, consolidator: Any, wanted: Any, kind: TickType | None) -> bool:
    """Whether its data can be piped into the consolidator (IsSubscriptionValidForConsolidator)."""
    if isinstance(wanted, type) and wanted.__name__ not in _ABSTRACT and not issubclass(config.type, wanted):
        return False
    if config.resolution != Resolution.TICK:
        return True
    if kind is None:
        output = _type(consolidator, "output_type", "OutputType")
        kind = _KINDS.get(getattr(output, "__name__", ""))
    return kind is None or config.tick_type == kind


def config_for(
    symbol: Symbol, configs: list[SubscriptionDataConfig], consolidator: Any, kind: TickType | None
) -> SubscriptionDataConfig:
    """The first subscription whose points the consolidator takes."""
    wanted = _type(consolidator, "input_type", "InputType")
    if kind is None and getattr(wanted, "__name__", "") in _ABSTRACT:
        kind = TickType.TRADE
    for config in configs:
        if _is_valid(config, consolidator, wanted, kind):
            return config
    if kind is not None and all(config.tick_type != kind for config in configs):
        kinds = ", ".join(str(config.tick_type).capitalize() for config in configs)
        raise ArgumentException(
            f"No subscription with the requested Tick Type {str(kind).capitalize()} was found. Available Tick Types: {kinds}"
        )
    types = ",".join(config.type.__name__ for config in configs)
    raise ArgumentException(
        f"Type mismatch found between consolidator and symbol. Symbol: {symbol.value} does not support input type: "
        f"{wanted.__name__}. Supported types: {types}."
    )
