"""LEAN's names for algorithm files, as ``from AlgorithmImports import *`` brings them in LEAN.

Classes of LEAN's that the stubs do not offer are here too, as names that raise NotOffered when they are used.
"""

# ruff: noqa: F403, F405, I001
from __future__ import annotations

import json
import math
import os
import sys
from datetime import date, datetime, time, timedelta
from os import path
from typing import *

import numpy as np
import pandas as pd

from lean_stubs.alphas import (
    AlphaModel,
    AlphaModelPythonWrapper,
    CompositeAlphaModel,
    ConstantAlphaModel,
    EmaCrossAlphaModel,
    NullAlphaModel,
)
from lean_stubs.clr.dictionary import (
    ExtendedDictionary,
)
from lean_stubs.clr.guids import (
    Guid,
)
from lean_stubs.common import (
    AccountType,
    AlgorithmMode,
    AlgorithmStatus,
    DataMappingMode,
    DataNormalizationMode,
    DelistingType,
    DeploymentTarget,
    Language,
    Market,
    MarketDataType,
    OptionRight,
    OptionStyle,
    PositionSide,
    Resolution,
    SecurityIdentifier,
    SecurityType,
    SettlementType,
    SplitType,
    Symbol,
    SymbolCache,
    TickType,
)
from lean_stubs.data.base_data import (
    BaseData,
    TradeBar,
)
from lean_stubs.data.corporate import (
    Delisting,
    Dividend,
    Split,
    SymbolChangedEvent,
)
from lean_stubs.data.data_dictionary import (
    DataDictionary,
    Delistings,
    Dividends,
    QuoteBars,
    Splits,
    SymbolChangedEvents,
    Ticks,
    TradeBars,
)
from lean_stubs.data.factor_file import (
    FactorFile,
)
from lean_stubs.data.map_file import (
    MapFile,
)
from lean_stubs.data.slice import (
    Slice,
)
from lean_stubs.execution import (
    ExecutionModel,
    ExecutionModelPythonWrapper,
    ImmediateExecutionModel,
    NullExecutionModel,
)
from lean_stubs.insights import (
    GeneratedInsightsCollection,
    Insight,
    InsightCollection,
    InsightDirection,
    InsightScore,
    InsightScoreType,
    InsightType,
)
from lean_stubs.insights.periods import (
    Never,
    Span,
)
from lean_stubs.orders.enums import (
    OrderDirection,
    OrderField,
    OrderPosition,
    OrderRequestStatus,
    OrderRequestType,
    OrderResponseErrorCode,
    OrderStatus,
    OrderType,
)
from lean_stubs.orders.event import (
    OrderEvent,
)
from lean_stubs.orders.fees import (
    ConstantFeeModel,
    FeeModel,
    InteractiveBrokersFeeModel,
    OrderFee,
    OrderFeeParameters,
)
from lean_stubs.orders.fills import (
    EquityFillModel,
    Fill,
    FillModel,
    FillModelParameters,
    ImmediateFillModel,
    LatestPriceFillModel,
)
from lean_stubs.orders.order import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketOnCloseOrder,
    MarketOnOpenOrder,
    MarketOrder,
    Order,
    OrderSubmissionData,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopOrder,
)
from lean_stubs.orders.properties import (
    DayTimeInForce,
    GoodTilCanceledTimeInForce,
    GoodTilDateTimeInForce,
    InteractiveBrokersOrderProperties,
    OrderProperties,
    TimeInForce,
)
from lean_stubs.orders.requests import (
    CancelOrderRequest,
    OrderRequest,
    OrderResponse,
    SubmitOrderRequest,
    UpdateOrderFields,
    UpdateOrderRequest,
)
from lean_stubs.orders.slippage import (
    ConstantSlippageModel,
    NullSlippageModel,
    VolumeShareSlippageModel,
)
from lean_stubs.orders.ticket import (
    OrderTicket,
)
from lean_stubs.orders.transaction_manager import (
    SecurityTransactionManager,
)
from lean_stubs.portfolio_construction import (
    AccumulativeInsightPortfolioConstructionModel,
    ConfidenceWeightedPortfolioConstructionModel,
    EqualWeightingPortfolioConstructionModel,
    InsightWeightingPortfolioConstructionModel,
    NullPortfolioConstructionModel,
    PortfolioBias,
    PortfolioConstructionModel,
    PortfolioConstructionModelPythonWrapper,
    PortfolioTarget,
    PortfolioTargetCollection,
)
from lean_stubs.risk import (
    CompositeRiskManagementModel,
    MaximumDrawdownPercentPerSecurity,
    MaximumDrawdownPercentPortfolio,
    MaximumUnrealizedProfitPercentPerSecurity,
    NullRiskManagementModel,
    RiskManagementModel,
    RiskManagementModelPythonWrapper,
    TrailingStopRiskManagementModel,
)
from lean_stubs.securities.buying_power import (
    BuyingPowerModel,
    CashBuyingPowerModel,
    ConstantBuyingPowerModel,
    HasSufficientBuyingPowerForOrderParameters,
    HasSufficientBuyingPowerForOrderResult,
    NullBuyingPowerModel,
    PatternDayTradingMarginModel,
    SecurityMarginModel,
)
from lean_stubs.securities.cash import (
    Cash,
    CashAmount,
    CashBook,
)
from lean_stubs.securities.exchange import (
    EquityExchange,
    SecurityExchange,
)
from lean_stubs.securities.holding import (
    EquityHolding,
    Position,
    SecurityHolding,
)
from lean_stubs.securities.manager import (
    SecurityManager,
)
from lean_stubs.securities.margin_call import (
    DefaultMarginCallModel,
)
from lean_stubs.securities.models import (
    EquityPriceVariationModel,
    ImmediateSettlementModel,
    MarginInterestRateModel,
    SecurityDataFilter,
    SecurityPortfolioModel,
    SecurityPriceVariationModel,
    VolatilityModel,
)
from lean_stubs.securities.portfolio import (
    SecurityPortfolioManager,
)
from lean_stubs.securities.price_cache import (
    SecurityCache,
)
from lean_stubs.securities.security import (
    Equity,
    Security,
)
from lean_stubs.securities.symbol_properties import (
    SymbolProperties,
)
from lean_stubs.time.exchange_hours import (
    SecurityExchangeHours,
)
from lean_stubs.time.expiry import (
    Expiry,
    Time,
)
from lean_stubs.time.market_hours_database import (
    MarketHoursDatabase,
)
from lean_stubs.time.zones import (
    TimeZone,
    TimeZones,
)
from AlgorithmImports._rest import complete
from lean_stubs.clr.namespaces import install

# As LEAN restores it after its star imports.
from builtins import Exception

QCAlgorithmFramework = QCAlgorithm
QCAlgorithmFrameworkBridge = QCAlgorithm

__all__ = [
    "IO",
    "TYPE_CHECKING",
    "AbstractSet",
    "AccountType",
    "AccumulativeInsightPortfolioConstructionModel",
    "AlgorithmMode",
    "AlgorithmStatus",
    "AlphaModel",
    "AlphaModelPythonWrapper",
    "Annotated",
    "Any",
    "AnyStr",
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "BaseData",
    "BinaryIO",
    "BuyingPowerModel",
    "ByteString",
    "Callable",
    "CancelOrderRequest",
    "Cash",
    "CashAmount",
    "CashBook",
    "CashBuyingPowerModel",
    "ChainMap",
    "ClassVar",
    "Collection",
    "CompositeAlphaModel",
    "CompositeRiskManagementModel",
    "Concatenate",
    "ConfidenceWeightedPortfolioConstructionModel",
    "ConstantAlphaModel",
    "ConstantBuyingPowerModel",
    "ConstantFeeModel",
    "ConstantSlippageModel",
    "Container",
    "ContextManager",
    "Coroutine",
    "Counter",
    "DataDictionary",
    "DataMappingMode",
    "DataNormalizationMode",
    "DayTimeInForce",
    "DefaultDict",
    "DefaultMarginCallModel",
    "Delisting",
    "DelistingType",
    "Delistings",
    "DeploymentTarget",
    "Deque",
    "Dict",
    "Dividend",
    "Dividends",
    "EmaCrossAlphaModel",
    "EqualWeightingPortfolioConstructionModel",
    "Equity",
    "EquityExchange",
    "EquityFillModel",
    "EquityHolding",
    "EquityPriceVariationModel",
    "Exception",
    "ExecutionModel",
    "ExecutionModelPythonWrapper",
    "Expiry",
    "ExtendedDictionary",
    "FactorFile",
    "FeeModel",
    "Fill",
    "FillModel",
    "FillModelParameters",
    "Final",
    "ForwardRef",
    "FrozenSet",
    "GeneratedInsightsCollection",
    "Generator",
    "Generic",
    "GoodTilCanceledTimeInForce",
    "GoodTilDateTimeInForce",
    "Guid",
    "HasSufficientBuyingPowerForOrderParameters",
    "HasSufficientBuyingPowerForOrderResult",
    "Hashable",
    "ImmediateExecutionModel",
    "ImmediateFillModel",
    "ImmediateSettlementModel",
    "Insight",
    "InsightCollection",
    "InsightDirection",
    "InsightScore",
    "InsightScoreType",
    "InsightType",
    "InsightWeightingPortfolioConstructionModel",
    "InteractiveBrokersFeeModel",
    "InteractiveBrokersOrderProperties",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "Language",
    "LatestPriceFillModel",
    "LimitIfTouchedOrder",
    "LimitOrder",
    "List",
    "Literal",
    "LiteralString",
    "MapFile",
    "Mapping",
    "MappingView",
    "MarginInterestRateModel",
    "Market",
    "MarketDataType",
    "MarketHoursDatabase",
    "MarketOnCloseOrder",
    "MarketOnOpenOrder",
    "MarketOrder",
    "Match",
    "MaximumDrawdownPercentPerSecurity",
    "MaximumDrawdownPercentPortfolio",
    "MaximumUnrealizedProfitPercentPerSecurity",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "NamedTuple",
    "Never",
    "NewType",
    "NoReturn",
    "NotRequired",
    "NullAlphaModel",
    "NullBuyingPowerModel",
    "NullExecutionModel",
    "NullPortfolioConstructionModel",
    "NullRiskManagementModel",
    "NullSlippageModel",
    "OptionRight",
    "OptionStyle",
    "Optional",
    "Order",
    "OrderDirection",
    "OrderEvent",
    "OrderFee",
    "OrderFeeParameters",
    "OrderField",
    "OrderPosition",
    "OrderProperties",
    "OrderRequest",
    "OrderRequestStatus",
    "OrderRequestType",
    "OrderResponse",
    "OrderResponseErrorCode",
    "OrderStatus",
    "OrderSubmissionData",
    "OrderTicket",
    "OrderType",
    "OrderedDict",
    "ParamSpec",
    "ParamSpecArgs",
    "ParamSpecKwargs",
    "Pattern",
    "PatternDayTradingMarginModel",
    "PortfolioBias",
    "PortfolioConstructionModel",
    "PortfolioConstructionModelPythonWrapper",
    "PortfolioTarget",
    "PortfolioTargetCollection",
    "Position",
    "PositionSide",
    "Protocol",
    "QCAlgorithmFramework",
    "QCAlgorithmFrameworkBridge",
    "QuoteBars",
    "Required",
    "Resolution",
    "Reversible",
    "RiskManagementModel",
    "RiskManagementModelPythonWrapper",
    "Security",
    "SecurityCache",
    "SecurityDataFilter",
    "SecurityExchange",
    "SecurityExchangeHours",
    "SecurityHolding",
    "SecurityIdentifier",
    "SecurityManager",
    "SecurityMarginModel",
    "SecurityPortfolioManager",
    "SecurityPortfolioModel",
    "SecurityPriceVariationModel",
    "SecurityTransactionManager",
    "SecurityType",
    "Self",
    "Sequence",
    "Set",
    "SettlementType",
    "Sized",
    "Slice",
    "Span",
    "Split",
    "SplitType",
    "Splits",
    "StopLimitOrder",
    "StopMarketOrder",
    "SubmitOrderRequest",
    "SupportsAbs",
    "SupportsBytes",
    "SupportsComplex",
    "SupportsFloat",
    "SupportsIndex",
    "SupportsInt",
    "SupportsRound",
    "Symbol",
    "SymbolCache",
    "SymbolChangedEvent",
    "SymbolChangedEvents",
    "SymbolProperties",
    "Text",
    "TextIO",
    "TickType",
    "Ticks",
    "Time",
    "TimeInForce",
    "TimeZone",
    "TimeZones",
    "TradeBar",
    "TradeBars",
    "TrailingStopOrder",
    "TrailingStopRiskManagementModel",
    "Tuple",
    "Type",
    "TypeAlias",
    "TypeGuard",
    "TypeVar",
    "TypeVarTuple",
    "TypedDict",
    "Union",
    "Unpack",
    "UpdateOrderFields",
    "UpdateOrderRequest",
    "ValuesView",
    "VolatilityModel",
    "VolumeShareSlippageModel",
    "assert_never",
    "assert_type",
    "cast",
    "clear_overloads",
    "dataclass_transform",
    "date",
    "datetime",
    "final",
    "get_args",
    "get_origin",
    "get_overloads",
    "get_type_hints",
    "is_typeddict",
    "json",
    "math",
    "no_type_check",
    "no_type_check_decorator",
    "np",
    "os",
    "overload",
    "path",
    "pd",
    "reveal_type",
    "runtime_checkable",
    "sys",
    "time",
    "timedelta",
]

complete(globals())
install()
