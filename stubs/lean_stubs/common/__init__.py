"""Symbols, ids, markets and the common enumerations."""

from lean_stubs.common.enums import (
    AccountType,
    AlgorithmMode,
    AlgorithmStatus,
    BrokerageName,
    DataMappingMode,
    DataNormalizationMode,
    DelistingType,
    DeploymentTarget,
    Language,
    MarketDataType,
    OptionRight,
    OptionStyle,
    PositionSide,
    Resolution,
    SecurityType,
    SettlementType,
    SplitType,
    TickType,
)
from lean_stubs.common.market import Market
from lean_stubs.common.security_identifier import SecurityIdentifier, set_first_ticker
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.common.symbol_cache import SymbolCache

__all__ = [
    "AccountType",
    "AlgorithmMode",
    "AlgorithmStatus",
    "BrokerageName",
    "DataMappingMode",
    "DataNormalizationMode",
    "DelistingType",
    "DeploymentTarget",
    "Language",
    "Market",
    "MarketDataType",
    "OptionRight",
    "OptionStyle",
    "PositionSide",
    "Resolution",
    "SecurityIdentifier",
    "SecurityType",
    "SettlementType",
    "SplitType",
    "Symbol",
    "SymbolCache",
    "TickType",
    "set_first_ticker",
    "to_symbol",
]
