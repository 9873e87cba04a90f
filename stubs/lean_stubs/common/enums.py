"""Enumerations of Common/Global.cs that algorithms on equities use."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

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
    "MarketDataType",
    "OptionRight",
    "OptionStyle",
    "PositionSide",
    "Resolution",
    "SecurityType",
    "SettlementType",
    "SplitType",
    "TickType",
]


class SecurityType(ClrEnum, clr="QuantConnect"):
    BASE: SecurityType = value(0)
    EQUITY: SecurityType = value(1)
    OPTION: SecurityType = value(2)
    COMMODITY: SecurityType = value(3)
    FOREX: SecurityType = value(4)
    FUTURE: SecurityType = value(5)
    CFD: SecurityType = value(6)
    CRYPTO: SecurityType = value(7)
    FUTURE_OPTION: SecurityType = value(8)
    INDEX: SecurityType = value(9)
    INDEX_OPTION: SecurityType = value(10)
    CRYPTO_FUTURE: SecurityType = value(11)


class AccountType(ClrEnum, clr="QuantConnect"):
    MARGIN: AccountType = value(0)
    CASH: AccountType = value(1)


class MarketDataType(ClrEnum, clr="QuantConnect"):
    BASE: MarketDataType = value(0)
    TRADE_BAR: MarketDataType = value(1)
    TICK: MarketDataType = value(2)
    AUXILIARY: MarketDataType = value(3)
    QUOTE_BAR: MarketDataType = value(4)
    OPTION_CHAIN: MarketDataType = value(5)
    FUTURES_CHAIN: MarketDataType = value(6)


class TickType(ClrEnum, clr="QuantConnect"):
    TRADE: TickType = value(0)
    QUOTE: TickType = value(1)
    OPEN_INTEREST: TickType = value(2)


class DelistingType(ClrEnum, clr="QuantConnect"):
    WARNING: DelistingType = value(0)
    DELISTED: DelistingType = value(1)


class SplitType(ClrEnum, clr="QuantConnect"):
    WARNING: SplitType = value(0)
    SPLIT_OCCURRED: SplitType = value(1)


class Resolution(ClrEnum, clr="QuantConnect"):
    TICK: Resolution = value(0)
    SECOND: Resolution = value(1)
    MINUTE: Resolution = value(2)
    HOUR: Resolution = value(3)
    DAILY: Resolution = value(4)


class PositionSide(ClrEnum, clr="QuantConnect"):
    SHORT: PositionSide = value(-1)
    NONE: PositionSide = value(0)
    LONG: PositionSide = value(1)


class OptionRight(ClrEnum, clr="QuantConnect"):
    CALL: OptionRight = value(0)
    PUT: OptionRight = value(1)


class OptionStyle(ClrEnum, clr="QuantConnect"):
    AMERICAN: OptionStyle = value(0)
    EUROPEAN: OptionStyle = value(1)


class SettlementType(ClrEnum, clr="QuantConnect"):
    PHYSICAL_DELIVERY: SettlementType = value(0)
    CASH: SettlementType = value(1)


class AlgorithmStatus(ClrEnum, clr="QuantConnect"):
    DEPLOY_ERROR: AlgorithmStatus = value(0)
    IN_QUEUE: AlgorithmStatus = value(1)
    RUNNING: AlgorithmStatus = value(2)
    STOPPED: AlgorithmStatus = value(3)
    LIQUIDATED: AlgorithmStatus = value(4)
    DELETED: AlgorithmStatus = value(5)
    COMPLETED: AlgorithmStatus = value(6)
    RUNTIME_ERROR: AlgorithmStatus = value(7)
    INVALID: AlgorithmStatus = value(8)
    LOGGING_IN: AlgorithmStatus = value(9)
    INITIALIZING: AlgorithmStatus = value(10)
    HISTORY: AlgorithmStatus = value(11)


class DataNormalizationMode(ClrEnum, clr="QuantConnect"):
    RAW: DataNormalizationMode = value(0)
    ADJUSTED: DataNormalizationMode = value(1)
    SPLIT_ADJUSTED: DataNormalizationMode = value(2)
    TOTAL_RETURN: DataNormalizationMode = value(3)
    FORWARD_PANAMA_CANAL: DataNormalizationMode = value(4)
    BACKWARDS_PANAMA_CANAL: DataNormalizationMode = value(5)
    BACKWARDS_RATIO: DataNormalizationMode = value(6)
    SCALED_RAW: DataNormalizationMode = value(7)


class DataMappingMode(ClrEnum, clr="QuantConnect"):
    LAST_TRADING_DAY: DataMappingMode = value(0)
    FIRST_DAY_MONTH: DataMappingMode = value(1)
    OPEN_INTEREST: DataMappingMode = value(2)
    OPEN_INTEREST_ANNUAL: DataMappingMode = value(3)


class DeploymentTarget(ClrEnum, clr="QuantConnect"):
    CLOUD_PLATFORM: DeploymentTarget = value(0)
    LOCAL_PLATFORM: DeploymentTarget = value(1)
    PRIVATE_CLOUD_PLATFORM: DeploymentTarget = value(2)


class AlgorithmMode(ClrEnum, clr="QuantConnect"):
    LIVE: AlgorithmMode = value(0)
    OPTIMIZATION: AlgorithmMode = value(1)
    BACKTESTING: AlgorithmMode = value(2)
    RESEARCH: AlgorithmMode = value(3)


class Language(ClrEnum, clr="QuantConnect"):
    C_SHARP: Language = value(0)
    F_SHARP: Language = value(1)
    VISUAL_BASIC: Language = value(2)
    JAVA: Language = value(3)
    PYTHON: Language = value(4)


class BrokerageName(ClrEnum, clr="QuantConnect.Brokerages"):
    DEFAULT: BrokerageName = value(0)
    QUANT_CONNECT_BROKERAGE: BrokerageName = value(0)
    INTERACTIVE_BROKERS_BROKERAGE: BrokerageName = value(1)
    TRADIER_BROKERAGE: BrokerageName = value(2)
    OANDA_BROKERAGE: BrokerageName = value(3)
    FXCM_BROKERAGE: BrokerageName = value(4)
    BITFINEX: BrokerageName = value(5)
    BINANCE: BrokerageName = value(6)
    GDAX: BrokerageName = value(12)
    ALPACA: BrokerageName = value(13)
    ALPHA_STREAMS: BrokerageName = value(14)
    ZERODHA: BrokerageName = value(15)
    SAMCO: BrokerageName = value(16)
    ATREYU: BrokerageName = value(17)
    TRADING_TECHNOLOGIES: BrokerageName = value(18)
    KRAKEN: BrokerageName = value(19)
    FTX: BrokerageName = value(20)
    FTXUS: BrokerageName = value(21)
    EXANTE: BrokerageName = value(22)
    BINANCE_US: BrokerageName = value(23)
    WOLVERINE: BrokerageName = value(24)
    TD_AMERITRADE: BrokerageName = value(25)
    BINANCE_FUTURES: BrokerageName = value(26)
    BINANCE_COIN_FUTURES: BrokerageName = value(27)
    RBI: BrokerageName = value(28)
    BYBIT: BrokerageName = value(29)
    EZE: BrokerageName = value(30)
    AXOS: BrokerageName = value(31)
    COINBASE: BrokerageName = value(32)
    TRADE_STATION: BrokerageName = value(33)
    TERMINAL_LINK: BrokerageName = value(34)
    CHARLES_SCHWAB: BrokerageName = value(35)
    TASTYTRADE: BrokerageName = value(36)
    INTERACTIVE_BROKERS_FIX: BrokerageName = value(37)
    DYDX: BrokerageName = value(38)
    WEBULL: BrokerageName = value(39)
    PUBLIC: BrokerageName = value(40)
    BLOOMBERG_FIX: BrokerageName = value(41)
