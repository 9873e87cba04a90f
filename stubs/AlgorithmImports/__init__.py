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

from lean_stubs.algorithm.benchmark import (
    FuncBenchmark,
    SecurityBenchmark,
)
from lean_stubs.algorithm.qc_algorithm import (
    QCAlgorithm,
)
from lean_stubs.algorithm.settings import (
    AlgorithmSettings,
)
from lean_stubs.algorithm.signal_export import (
    BaseSignalExport,
    Collective2SignalExport,
    CrunchDAOSignalExport,
    NumeraiSignalExport,
    SignalExportManager,
    VBaseSignalExport,
)
from lean_stubs.alphas import (
    AlphaModel,
    AlphaModelPythonWrapper,
    CompositeAlphaModel,
    ConstantAlphaModel,
    EmaCrossAlphaModel,
    HistoricalReturnsAlphaModel,
    MacdAlphaModel,
    NullAlphaModel,
    RsiAlphaModel,
)
from lean_stubs.clr.dictionary import (
    ExtendedDictionary,
)
from lean_stubs.clr.exceptions import (
    AggregateException,
    ArgumentException,
    ArgumentNullException,
    ArgumentOutOfRangeException,
    ArithmeticException,
    DivideByZeroException,
    FormatException,
    IndexOutOfRangeException,
    InvalidCastException,
    InvalidOperationException,
    NotImplementedException,
    NotSupportedException,
    NullReferenceException,
    OverflowException,
    RegressionTestException,
    SystemException,
    TimeoutException,
)
from lean_stubs.clr.guids import (
    Guid,
)
from lean_stubs.clr.objects import (
    Object,
)
from lean_stubs.clr.time_span import (
    TimeSpan,
)
from lean_stubs.common import (
    AccountType,
    AlgorithmMode,
    AlgorithmStatus,
    BrokerageName,
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
from lean_stubs.common.exchange import Exchange
from lean_stubs.common.extensions import (
    Extensions,
)
from lean_stubs.data.base_data import (
    BaseData,
    TradeBar,
)
from lean_stubs.data.base_data_collection import (
    BaseDataCollection,
)
from lean_stubs.data.calendar import (
    Calendar,
    CalendarInfo,
)
from lean_stubs.data.company_reports import (
    MultiPeriodField,
)
from lean_stubs.data.config import (
    SubscriptionDataConfig,
)
from lean_stubs.data.consolidator_base import (
    DataConsolidator,
)
from lean_stubs.data.consolidators import (
    FilteredIdentityDataConsolidator,
    IdentityDataConsolidator,
    MarketHourAwareConsolidator,
    SequentialConsolidator,
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
from lean_stubs.data.etf_constituent import (
    ETFConstituentData,
    ETFConstituentUniverse,
)
from lean_stubs.data.fundamental import (
    CoarseFundamental,
    FineFundamental,
    Fundamental,
)
from lean_stubs.data.price_bars import (
    RangeBar,
)
from lean_stubs.data.renko_bars import (
    BarDirection,
    BaseRenkoBar,
    RenkoBar,
    RenkoType,
    VolumeRenkoBar,
)
from lean_stubs.data.price_consolidators import (
    BaseTimelessConsolidator,
    ClassicRenkoConsolidator,
    RenkoConsolidator,
    VolumeRenkoConsolidator,
    WickedRenkoConsolidator,
)
from lean_stubs.data.providers import (
    CorporateFactorProvider,
    Globals,
    LocalDiskFactorFileProvider,
    LocalDiskMapFileProvider,
)
from lean_stubs.data.range_consolidators import (
    ClassicRangeConsolidator,
    RangeConsolidator,
)
from lean_stubs.data.python_consolidator import (
    PythonConsolidator,
)
from lean_stubs.data.quote_bar import (
    Bar,
    QuoteBar,
)
from lean_stubs.data.quote_bar_consolidator import (
    QuoteBarConsolidator,
)
from lean_stubs.data.session import (
    Session,
    SessionBar,
)
from lean_stubs.data.slice import (
    Slice,
)
from lean_stubs.data.subscription_manager import (
    SubscriptionManager,
)
from lean_stubs.data.tick import (
    Tick,
)
from lean_stubs.data.tick_consolidators import (
    TickConsolidator,
    TickQuoteBarConsolidator,
)
from lean_stubs.data.trade_bar_consolidator import (
    BaseDataConsolidator,
    TradeBarConsolidator,
)
from lean_stubs.execution import (
    ExecutionModel,
    ExecutionModelPythonWrapper,
    ImmediateExecutionModel,
    NullExecutionModel,
    SpreadExecutionModel,
    StandardDeviationExecutionModel,
    VolumeWeightedAveragePriceExecutionModel,
)
from lean_stubs.indicators import (
    AbsolutePriceOscillator,
    AccumulationDistribution,
    AroonOscillator,
    AwesomeOscillator,
    BalanceOfPower,
    ChaikinMoneyFlow,
    ChandeMomentumOscillator,
    CommodityChannelIndex,
    KaufmanAdaptiveMovingAverage,
    KaufmanEfficiencyRatio,
    MeanAbsoluteDeviation,
    MidPoint,
    MidPrice,
    MoneyFlowIndex,
    NormalizedAverageTrueRange,
    OnBalanceVolume,
    PercentagePriceOscillator,
    TriangularMovingAverage,
    TripleExponentialMovingAverage,
    Trix,
    UltimateOscillator,
    WilliamsPercentR,
    AdvanceDeclineIndicator,
    AdvanceDeclineRatio,
    AdvanceDeclineVolumeRatio,
    ArmsIndex,
    AutoRegressiveIntegratedMovingAverage,
    AverageDirectionalIndex,
    AverageTrueRange,
    Beta,
    BollingerBands,
    CompositeIndicator,
    ConstantIndicator,
    Delay,
    DonchianChannel,
    DoubleExponentialMovingAverage,
    ExponentialMovingAverage,
    Field,
    HullMovingAverage,
    Identity,
    Indicator,
    IndicatorBase,
    IndicatorDataPoint,
    IndicatorDataPoints,
    IndicatorExtensions,
    IndicatorHistory,
    IndicatorResult,
    IndicatorStatus,
    KeltnerChannels,
    LeastSquaresMovingAverage,
    LinearWeightedMovingAverage,
    LogReturn,
    MassIndex,
    Maximum,
    Minimum,
    Momentum,
    MomentumPercent,
    MovingAverageConvergenceDivergence,
    MovingAverageType,
    PythonIndicator,
    RateOfChange,
    RateOfChangePercent,
    RateOfChangeRatio,
    RegressionChannel,
    RelativeStrengthIndex,
    RollingWindow,
    SimpleMovingAverage,
    StandardDeviation,
    Stochastic,
    Sum,
    TimeSeriesIndicator,
    TradeBarIndicator,
    TrueRange,
    Variance,
    VolumeWeightedAveragePriceIndicator,
    WilderAccumulativeSwingIndex,
    WilderMovingAverage,
    WilderSwingIndex,
    WindowIndicator,
)
from lean_stubs.indicators.intraday_vwap import (
    IntradayVwap,
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
    AxosFeeModel,
    ConstantFeeModel,
    FeeModel,
    InteractiveBrokersFeeModel,
    OrderFee,
    OrderFeeParameters,
)
from lean_stubs.orders.combo_orders import ComboLegLimitOrder, ComboLimitOrder, ComboMarketOrder, ComboOrder
from lean_stubs.orders.fills import (
    EquityFillModel,
    Fill,
    FillModel,
    FillModelParameters,
    ImmediateFillModel,
    LatestPriceFillModel,
)
from lean_stubs.orders.groups import GroupOrderManager, Leg
from lean_stubs.orders.market_impact import (
    MarketImpactSlippageModel,
)
from lean_stubs.orders.order import Order, OrderSubmissionData
from lean_stubs.orders.plain_orders import MarketOnCloseOrder, MarketOnOpenOrder, MarketOrder
from lean_stubs.orders.order_sizing import (
    BuyingPowerModelExtensions,
    OrderSizing,
)
from lean_stubs.orders.priced_orders import (
    LimitIfTouchedOrder,
    LimitOrder,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopOrder,
)
from lean_stubs.orders.properties import (
    DayTimeInForce,
    GoodTilCanceledTimeInForce,
    GoodTilDateTimeInForce,
    IndiaOrderProperties,
    InteractiveBrokersOrderProperties,
    OrderProperties,
    TimeInForce,
)
from lean_stubs.orders.requests import CancelOrderRequest, OrderRequest, SubmitOrderRequest, UpdateOrderFields, UpdateOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.orders.slippage import (
    AlphaStreamsSlippageModel,
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
    SectorWeightingPortfolioConstructionModel,
)
from lean_stubs.results.chart import (
    Chart,
)
from lean_stubs.results.enums import (
    ChartType,
    ScatterMarkerSymbol,
    SeriesType,
)
from lean_stubs.results.performance import (
    AlgorithmPerformance,
    StatisticsResults,
)
from lean_stubs.results.points import (
    Candlestick,
    ChartPoint,
    ScatterChartPoint,
)
from lean_stubs.results.risk_free import (
    ConstantRiskFreeRateInterestRateModel,
    FuncRiskFreeRateInterestRateModel,
    InterestRateProvider,
)
from lean_stubs.results.series import (
    BaseSeries,
    CandlestickSeries,
    Series,
)
from lean_stubs.results.trade_builder import TradeBuilder
from lean_stubs.results.trade_statistics import TradeStatistics
from lean_stubs.results.trades import (
    FillGroupingMethod,
    FillMatchingMethod,
    Trade,
    TradeDirection,
)
from lean_stubs.risk import (
    CompositeRiskManagementModel,
    MaximumDrawdownPercentPerSecurity,
    MaximumDrawdownPercentPortfolio,
    MaximumSectorExposureRiskManagementModel,
    MaximumUnrealizedProfitPercentPerSecurity,
    NullRiskManagementModel,
    RiskManagementModel,
    RiskManagementModelPythonWrapper,
    TrailingStopRiskManagementModel,
)
from lean_stubs.scheduling.date_rules import (
    DateRules,
)
from lean_stubs.scheduling.day_of_week import (
    DayOfWeek,
)
from lean_stubs.scheduling.rules import (
    FuncDateRule,
    FuncTimeRule,
)
from lean_stubs.scheduling.schedule import (
    ScheduleManager,
    ScheduledEvent,
)
from lean_stubs.scheduling.time_rules import (
    TimeRules,
)
from lean_stubs.securities.buying_power import (
    BuyingPowerModel,
    CashBuyingPowerModel,
    ConstantBuyingPowerModel,
    NullBuyingPowerModel,
    SecurityMarginModel,
)
from lean_stubs.securities.pattern_day_margin import (
    PatternDayTradingMarginModel,
)
from lean_stubs.securities.buying_power_questions import (
    BuyingPower,
    BuyingPowerParameters,
    GetMaximumOrderQuantityForTargetBuyingPowerParameters,
    GetMaximumOrderQuantityResult,
    HasSufficientBuyingPowerForOrderParameters,
    HasSufficientBuyingPowerForOrderResult,
    InitialMargin,
    InitialMarginParameters,
    MaintenanceMargin,
    MaintenanceMarginParameters,
    ReservedBuyingPowerForPosition,
    ReservedBuyingPowerForPositionParameters,
)
from lean_stubs.securities.cash import (
    Cash,
    CashAmount,
    CashBook,
    ConvertibleCashAmount,
)
from lean_stubs.securities.exchange import (
    EquityExchange,
    SecurityExchange,
)
from lean_stubs.securities.holding import (
    EquityHolding,
    SecurityHolding,
)
from lean_stubs.securities.initializers import (
    CompositeSecurityInitializer,
    FuncSecurityInitializer,
)
from lean_stubs.securities.manager import (
    SecurityManager,
)
from lean_stubs.securities.margin_call import (
    DefaultMarginCallModel,
)
from lean_stubs.securities.models import (
    AdjustedPriceVariationModel,
    EquityDataFilter,
    EquityPriceVariationModel,
    GetMinimumPriceVariationParameters,
    MarginInterestRateModel,
    MarginInterestRateParameters,
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
from lean_stubs.securities.volatility import (
    BaseVolatilityModel,
    IndicatorVolatilityModel,
    VolatilityModelExtensions,
)
from lean_stubs.storage import (
    ObjectStore,
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
from lean_stubs.universe.changes import (
    SecurityChanges,
)
from lean_stubs.universe.constituents import (
    ConstituentsUniverse,
    ConstituentsUniverseData,
    ETFConstituentsUniverseFactory,
)
from lean_stubs.universe.definitions import (
    DollarVolumeUniverseDefinitions,
    UniverseDefinitions,
)
from lean_stubs.universe.fundamental import (
    CoarseFundamentalUniverse,
    FineFundamentalFilteredUniverse,
    FundamentalFilteredUniverse,
    FundamentalUniverse,
    FundamentalUniverseFactory,
)
from lean_stubs.universe.fundamental_models import (
    CoarseFundamentalUniverseSelectionModel,
    ETFConstituentsUniverseSelectionModel,
    FineFundamentalUniverseSelectionModel,
    FundamentalUniverseSelectionModel,
)
from lean_stubs.universe.manager import (
    UniverseManager,
)
from lean_stubs.universe.inception import (
    EnergyETFUniverse,
    InceptionDateUniverseSelectionModel,
    LiquidETFUniverse,
    MetalsETFUniverse,
    SP500SectorsETFUniverse,
    TechnologyETFUniverse,
    USTreasuriesETFUniverse,
    VolatilityETFUniverse,
)
from lean_stubs.universe.models import (
    CompositeUniverseSelectionModel,
    CustomUniverseSelectionModel,
    ManualUniverseSelectionModel,
    NullUniverseSelectionModel,
    ScheduledUniverseSelectionModel,
    UniverseSelectionModel,
)
from lean_stubs.universe.scheduled import (
    ScheduledUniverse,
)
from lean_stubs.universe.settings import (
    Schedule,
    UniverseSettings,
)
from lean_stubs.universe.universe import (
    Universe,
)
from lean_stubs.universe.user_defined import (
    ManualUniverse,
    UserDefinedUniverse,
)
from lean_stubs.brokerages.default import (
    DefaultBrokerageModel,
)
from lean_stubs.brokerages.initializer import (
    BrokerageModelSecurityInitializer,
    FuncSecuritySeeder,
    SecuritySeeder,
)
from lean_stubs.commands.command import BaseCommand, CallbackCommand, Command, CommandResultPacket
from lean_stubs.notifications.manager import NotificationManager
from lean_stubs.brokerages.equity_brokers import (
    AlpacaBrokerageModel,
    BloombergFixBrokerageModel,
    CharlesSchwabBrokerageModel,
    EzeBrokerageModel,
    InteractiveBrokersFixModel,
    PublicBrokerageModel,
    RBIBrokerageModel,
    TDAmeritradeBrokerageModel,
    TastytradeBrokerageModel,
    TerminalLinkBrokerageModel,
    TradeStationBrokerageModel,
    WebullBrokerageModel,
    WolverineBrokerageModel,
)
from lean_stubs.brokerages.india import (
    SamcoBrokerageModel,
    ZerodhaBrokerageModel,
)
from lean_stubs.orders.broker_fees import (
    AlpacaFeeModel,
    CharlesSchwabFeeModel,
    EzeFeeModel,
    PublicFeeModel,
    RBIFeeModel,
    TDAmeritradeFeeModel,
    TastytradeFeeModel,
    TradeStationFeeModel,
    WebullFeeModel,
    WolverineFeeModel,
)
from lean_stubs.orders.india_fees import (
    IndiaFeeModel,
    SamcoFeeModel,
    ZerodhaFeeModel,
)
from lean_stubs.brokerages.message_handlers import (
    DefaultBrokerageMessageHandler,
    DowngradeErrorCodeToWarningBrokerageMessageHandler,
    NewBrokerageOrderNotificationEventArgs,
)
from lean_stubs.brokerages.message import (
    BrokerageMessageEvent,
    BrokerageMessageType,
)
from lean_stubs.brokerages.us_equity_brokers import (
    AlphaStreamsBrokerageModel,
    AxosClearingBrokerageModel,
    InteractiveBrokersBrokerageModel,
    TradierBrokerageModel,
)
from lean_stubs.clr.random_numbers import (
    Random,
)
from lean_stubs.common.circular_queue import (
    CircularQueue,
)
from lean_stubs.securities.settlement import (
    ApplyFundsSettlementModelParameters,
    DelayedSettlementModel,
    ImmediateSettlementModel,
    ScanSettlementModelParameters,
)
from lean_stubs.securities.shortable import (
    LocalDiskShortableProvider,
    NullShortableProvider,
)
from lean_stubs.common.currencies import (
    Currencies,
)
from lean_stubs.securities.short_interest import (
    ShortMarginInterestRateModel,
)
from lean_stubs.clr.math_functions import (
    Math,
)
from lean_stubs.results.performance_metrics import (
    PerformanceMetrics,
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
    "AbsolutePriceOscillator",
    "AbstractSet",
    "AccountType",
    "AccumulationDistribution",
    "AccumulativeInsightPortfolioConstructionModel",
    "AdjustedPriceVariationModel",
    "AdvanceDeclineIndicator",
    "AdvanceDeclineRatio",
    "AdvanceDeclineVolumeRatio",
    "AggregateException",
    "AlgorithmMode",
    "AlgorithmPerformance",
    "AlgorithmSettings",
    "AlgorithmStatus",
    "AlpacaBrokerageModel",
    "AlpacaFeeModel",
    "AlphaModel",
    "AlphaModelPythonWrapper",
    "AlphaStreamsBrokerageModel",
    "AlphaStreamsSlippageModel",
    "Annotated",
    "Any",
    "AnyStr",
    "ApplyFundsSettlementModelParameters",
    "ArgumentException",
    "ArgumentNullException",
    "ArgumentOutOfRangeException",
    "ArithmeticException",
    "ArmsIndex",
    "AroonOscillator",
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "AutoRegressiveIntegratedMovingAverage",
    "AverageDirectionalIndex",
    "AverageTrueRange",
    "Awaitable",
    "AwesomeOscillator",
    "AxosClearingBrokerageModel",
    "AxosFeeModel",
    "BalanceOfPower",
    "Bar",
    "BarDirection",
    "BaseCommand",
    "BaseData",
    "BaseDataCollection",
    "BaseDataConsolidator",
    "BaseRenkoBar",
    "BaseSeries",
    "BaseSignalExport",
    "BaseTimelessConsolidator",
    "BaseVolatilityModel",
    "Beta",
    "BinaryIO",
    "BloombergFixBrokerageModel",
    "BollingerBands",
    "BrokerageMessageEvent",
    "BrokerageMessageType",
    "BrokerageModelSecurityInitializer",
    "BrokerageName",
    "BuyingPower",
    "BuyingPowerModel",
    "BuyingPowerModelExtensions",
    "BuyingPowerParameters",
    "ByteString",
    "Calendar",
    "CalendarInfo",
    "Callable",
    "CallbackCommand",
    "CancelOrderRequest",
    "Candlestick",
    "CandlestickSeries",
    "Cash",
    "CashAmount",
    "CashBook",
    "CashBuyingPowerModel",
    "ChaikinMoneyFlow",
    "ChainMap",
    "ChandeMomentumOscillator",
    "CharlesSchwabBrokerageModel",
    "CharlesSchwabFeeModel",
    "Chart",
    "ChartPoint",
    "ChartType",
    "CircularQueue",
    "ClassVar",
    "ClassicRangeConsolidator",
    "ClassicRenkoConsolidator",
    "CoarseFundamental",
    "CoarseFundamentalUniverse",
    "CoarseFundamentalUniverseSelectionModel",
    "Collection",
    "Collective2SignalExport",
    "ComboLegLimitOrder",
    "ComboLimitOrder",
    "ComboMarketOrder",
    "ComboOrder",
    "Command",
    "CommandResultPacket",
    "CommodityChannelIndex",
    "CompositeAlphaModel",
    "CompositeIndicator",
    "CompositeRiskManagementModel",
    "CompositeSecurityInitializer",
    "CompositeUniverseSelectionModel",
    "Concatenate",
    "ConfidenceWeightedPortfolioConstructionModel",
    "ConstantAlphaModel",
    "ConstantBuyingPowerModel",
    "ConstantFeeModel",
    "ConstantIndicator",
    "ConstantRiskFreeRateInterestRateModel",
    "ConstantSlippageModel",
    "ConstituentsUniverse",
    "ConstituentsUniverseData",
    "Container",
    "ContextManager",
    "ConvertibleCashAmount",
    "Coroutine",
    "CorporateFactorProvider",
    "Counter",
    "CrunchDAOSignalExport",
    "Currencies",
    "CustomUniverseSelectionModel",
    "DataConsolidator",
    "DataDictionary",
    "DataMappingMode",
    "DataNormalizationMode",
    "DateRules",
    "DayOfWeek",
    "DayTimeInForce",
    "DefaultBrokerageMessageHandler",
    "DefaultBrokerageModel",
    "DefaultDict",
    "DefaultMarginCallModel",
    "Delay",
    "DelayedSettlementModel",
    "Delisting",
    "DelistingType",
    "Delistings",
    "DeploymentTarget",
    "Deque",
    "Dict",
    "DivideByZeroException",
    "Dividend",
    "Dividends",
    "DollarVolumeUniverseDefinitions",
    "DonchianChannel",
    "DoubleExponentialMovingAverage",
    "DowngradeErrorCodeToWarningBrokerageMessageHandler",
    "ETFConstituentData",
    "ETFConstituentUniverse",
    "ETFConstituentsUniverseFactory",
    "ETFConstituentsUniverseSelectionModel",
    "EmaCrossAlphaModel",
    "EnergyETFUniverse",
    "EqualWeightingPortfolioConstructionModel",
    "Equity",
    "EquityDataFilter",
    "EquityExchange",
    "EquityFillModel",
    "EquityHolding",
    "EquityPriceVariationModel",
    "Exception",
    "Exchange",
    "ExecutionModel",
    "ExecutionModelPythonWrapper",
    "Expiry",
    "ExponentialMovingAverage",
    "ExtendedDictionary",
    "Extensions",
    "EzeBrokerageModel",
    "EzeFeeModel",
    "FeeModel",
    "Field",
    "Fill",
    "FillGroupingMethod",
    "FillMatchingMethod",
    "FillModel",
    "FillModelParameters",
    "FilteredIdentityDataConsolidator",
    "Final",
    "FineFundamental",
    "FineFundamentalFilteredUniverse",
    "FineFundamentalUniverseSelectionModel",
    "FormatException",
    "ForwardRef",
    "FrozenSet",
    "FuncBenchmark",
    "FuncDateRule",
    "FuncRiskFreeRateInterestRateModel",
    "FuncSecurityInitializer",
    "FuncSecuritySeeder",
    "FuncTimeRule",
    "Fundamental",
    "FundamentalFilteredUniverse",
    "FundamentalUniverse",
    "FundamentalUniverseFactory",
    "FundamentalUniverseSelectionModel",
    "GeneratedInsightsCollection",
    "Generator",
    "Generic",
    "GetMaximumOrderQuantityForTargetBuyingPowerParameters",
    "GetMaximumOrderQuantityResult",
    "GetMinimumPriceVariationParameters",
    "Globals",
    "GoodTilCanceledTimeInForce",
    "GoodTilDateTimeInForce",
    "GroupOrderManager",
    "Guid",
    "HasSufficientBuyingPowerForOrderParameters",
    "HasSufficientBuyingPowerForOrderResult",
    "Hashable",
    "HistoricalReturnsAlphaModel",
    "HullMovingAverage",
    "Identity",
    "IdentityDataConsolidator",
    "ImmediateExecutionModel",
    "ImmediateFillModel",
    "ImmediateSettlementModel",
    "InceptionDateUniverseSelectionModel",
    "IndexOutOfRangeException",
    "IndiaFeeModel",
    "IndiaOrderProperties",
    "Indicator",
    "IndicatorBase",
    "IndicatorDataPoint",
    "IndicatorDataPoints",
    "IndicatorExtensions",
    "IndicatorHistory",
    "IndicatorResult",
    "IndicatorStatus",
    "IndicatorVolatilityModel",
    "InitialMargin",
    "InitialMarginParameters",
    "Insight",
    "InsightCollection",
    "InsightDirection",
    "InsightScore",
    "InsightScoreType",
    "InsightType",
    "InsightWeightingPortfolioConstructionModel",
    "InteractiveBrokersBrokerageModel",
    "InteractiveBrokersFeeModel",
    "InteractiveBrokersFixModel",
    "InteractiveBrokersOrderProperties",
    "InterestRateProvider",
    "IntradayVwap",
    "InvalidCastException",
    "InvalidOperationException",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KaufmanAdaptiveMovingAverage",
    "KaufmanEfficiencyRatio",
    "KeltnerChannels",
    "KeysView",
    "Language",
    "LatestPriceFillModel",
    "LeastSquaresMovingAverage",
    "Leg",
    "LimitIfTouchedOrder",
    "LimitOrder",
    "LinearWeightedMovingAverage",
    "LiquidETFUniverse",
    "List",
    "Literal",
    "LiteralString",
    "LocalDiskFactorFileProvider",
    "LocalDiskMapFileProvider",
    "LocalDiskShortableProvider",
    "LogReturn",
    "MacdAlphaModel",
    "MaintenanceMargin",
    "MaintenanceMarginParameters",
    "ManualUniverse",
    "ManualUniverseSelectionModel",
    "Mapping",
    "MappingView",
    "MarginInterestRateModel",
    "MarginInterestRateParameters",
    "Market",
    "MarketDataType",
    "MarketHourAwareConsolidator",
    "MarketHoursDatabase",
    "MarketImpactSlippageModel",
    "MarketOnCloseOrder",
    "MarketOnOpenOrder",
    "MarketOrder",
    "MassIndex",
    "Match",
    "Math",
    "Maximum",
    "MaximumDrawdownPercentPerSecurity",
    "MaximumDrawdownPercentPortfolio",
    "MaximumSectorExposureRiskManagementModel",
    "MaximumUnrealizedProfitPercentPerSecurity",
    "MeanAbsoluteDeviation",
    "MetalsETFUniverse",
    "MidPoint",
    "MidPrice",
    "Minimum",
    "Momentum",
    "MomentumPercent",
    "MoneyFlowIndex",
    "MovingAverageConvergenceDivergence",
    "MovingAverageType",
    "MultiPeriodField",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "NamedTuple",
    "Never",
    "NewBrokerageOrderNotificationEventArgs",
    "NewType",
    "NoReturn",
    "NormalizedAverageTrueRange",
    "NotImplementedException",
    "NotRequired",
    "NotSupportedException",
    "NotificationManager",
    "NullAlphaModel",
    "NullBuyingPowerModel",
    "NullExecutionModel",
    "NullPortfolioConstructionModel",
    "NullReferenceException",
    "NullRiskManagementModel",
    "NullShortableProvider",
    "NullSlippageModel",
    "NullUniverseSelectionModel",
    "NumeraiSignalExport",
    "Object",
    "ObjectStore",
    "OnBalanceVolume",
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
    "OrderSizing",
    "OrderStatus",
    "OrderSubmissionData",
    "OrderTicket",
    "OrderType",
    "OrderedDict",
    "OverflowException",
    "ParamSpec",
    "ParamSpecArgs",
    "ParamSpecKwargs",
    "Pattern",
    "PatternDayTradingMarginModel",
    "PercentagePriceOscillator",
    "PerformanceMetrics",
    "PortfolioBias",
    "PortfolioConstructionModel",
    "PortfolioConstructionModelPythonWrapper",
    "PortfolioTarget",
    "PortfolioTargetCollection",
    "PositionSide",
    "Protocol",
    "PublicBrokerageModel",
    "PublicFeeModel",
    "PythonConsolidator",
    "PythonIndicator",
    "QCAlgorithm",
    "QCAlgorithmFramework",
    "QCAlgorithmFrameworkBridge",
    "QuoteBar",
    "QuoteBarConsolidator",
    "QuoteBars",
    "RBIBrokerageModel",
    "RBIFeeModel",
    "Random",
    "RangeBar",
    "RangeConsolidator",
    "RateOfChange",
    "RateOfChangePercent",
    "RateOfChangeRatio",
    "RegressionChannel",
    "RegressionTestException",
    "RelativeStrengthIndex",
    "RenkoBar",
    "RenkoConsolidator",
    "RenkoType",
    "Required",
    "ReservedBuyingPowerForPosition",
    "ReservedBuyingPowerForPositionParameters",
    "Resolution",
    "Reversible",
    "RiskManagementModel",
    "RiskManagementModelPythonWrapper",
    "RollingWindow",
    "RsiAlphaModel",
    "SP500SectorsETFUniverse",
    "SamcoBrokerageModel",
    "SamcoFeeModel",
    "ScanSettlementModelParameters",
    "ScatterChartPoint",
    "ScatterMarkerSymbol",
    "Schedule",
    "ScheduleManager",
    "ScheduledEvent",
    "ScheduledUniverse",
    "ScheduledUniverseSelectionModel",
    "SectorWeightingPortfolioConstructionModel",
    "Security",
    "SecurityBenchmark",
    "SecurityCache",
    "SecurityChanges",
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
    "SecuritySeeder",
    "SecurityTransactionManager",
    "SecurityType",
    "Self",
    "Sequence",
    "SequentialConsolidator",
    "Series",
    "SeriesType",
    "Session",
    "SessionBar",
    "Set",
    "SettlementType",
    "ShortMarginInterestRateModel",
    "SignalExportManager",
    "SimpleMovingAverage",
    "Sized",
    "Slice",
    "Split",
    "SplitType",
    "Splits",
    "SpreadExecutionModel",
    "StandardDeviation",
    "StandardDeviationExecutionModel",
    "StatisticsResults",
    "Stochastic",
    "StopLimitOrder",
    "StopMarketOrder",
    "SubmitOrderRequest",
    "SubscriptionDataConfig",
    "SubscriptionManager",
    "Sum",
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
    "SystemException",
    "TDAmeritradeBrokerageModel",
    "TDAmeritradeFeeModel",
    "TastytradeBrokerageModel",
    "TastytradeFeeModel",
    "TechnologyETFUniverse",
    "TerminalLinkBrokerageModel",
    "Text",
    "TextIO",
    "Tick",
    "TickConsolidator",
    "TickQuoteBarConsolidator",
    "TickType",
    "Ticks",
    "Time",
    "TimeInForce",
    "TimeRules",
    "TimeSeriesIndicator",
    "TimeSpan",
    "TimeZone",
    "TimeZones",
    "TimeoutException",
    "Trade",
    "TradeBar",
    "TradeBarConsolidator",
    "TradeBarIndicator",
    "TradeBars",
    "TradeBuilder",
    "TradeDirection",
    "TradeStationBrokerageModel",
    "TradeStationFeeModel",
    "TradeStatistics",
    "TradierBrokerageModel",
    "TrailingStopOrder",
    "TrailingStopRiskManagementModel",
    "TriangularMovingAverage",
    "TripleExponentialMovingAverage",
    "Trix",
    "TrueRange",
    "Tuple",
    "Type",
    "TypeAlias",
    "TypeGuard",
    "TypeVar",
    "TypeVarTuple",
    "TypedDict",
    "USTreasuriesETFUniverse",
    "UltimateOscillator",
    "Union",
    "Universe",
    "UniverseDefinitions",
    "UniverseManager",
    "UniverseSelectionModel",
    "UniverseSettings",
    "Unpack",
    "UpdateOrderFields",
    "UpdateOrderRequest",
    "UserDefinedUniverse",
    "VBaseSignalExport",
    "ValuesView",
    "Variance",
    "VolatilityETFUniverse",
    "VolatilityModel",
    "VolatilityModelExtensions",
    "VolumeRenkoBar",
    "VolumeRenkoConsolidator",
    "VolumeShareSlippageModel",
    "VolumeWeightedAveragePriceExecutionModel",
    "VolumeWeightedAveragePriceIndicator",
    "WebullBrokerageModel",
    "WebullFeeModel",
    "WickedRenkoConsolidator",
    "WilderAccumulativeSwingIndex",
    "WilderMovingAverage",
    "WilderSwingIndex",
    "WilliamsPercentR",
    "WindowIndicator",
    "WolverineBrokerageModel",
    "WolverineFeeModel",
    "ZerodhaBrokerageModel",
    "ZerodhaFeeModel",
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
