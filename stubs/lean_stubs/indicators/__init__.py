"""Indicators (LEAN: folder Indicators)."""

from lean_stubs.indicators.arima import AutoRegressiveIntegratedMovingAverage, TimeSeriesIndicator
from lean_stubs.indicators.base import Indicator, IndicatorBase, TradeBarIndicator, WindowIndicator
from lean_stubs.indicators.channels import BollingerBands, DonchianChannel, KeltnerChannels
from lean_stubs.indicators.composite import CompositeIndicator, ConstantIndicator, IndicatorExtensions
from lean_stubs.indicators.data_point import IndicatorDataPoint
from lean_stubs.indicators.dispersion import MeanAbsoluteDeviation, StandardDeviation, Variance
from lean_stubs.indicators.fields import Field
from lean_stubs.indicators.intraday_vwap import IntradayVwap, VolumeWeightedAveragePriceIndicator
from lean_stubs.indicators.layered_averages import (
    KaufmanAdaptiveMovingAverage,
    KaufmanEfficiencyRatio,
    TriangularMovingAverage,
    TripleExponentialMovingAverage,
    Trix,
)
from lean_stubs.indicators.mid_ranges import (
    MidPoint,
    MidPrice,
    NormalizedAverageTrueRange,
)
from lean_stubs.indicators.momentum import (
    LogReturn,
    Momentum,
    MomentumPercent,
    MovingAverageConvergenceDivergence,
    RateOfChange,
    RateOfChangePercent,
    RateOfChangeRatio,
    RelativeStrengthIndex,
)
from lean_stubs.indicators.moving_averages import (
    DoubleExponentialMovingAverage,
    ExponentialMovingAverage,
    HullMovingAverage,
    LinearWeightedMovingAverage,
    SimpleMovingAverage,
    WilderMovingAverage,
)
from lean_stubs.indicators.oscillators import (
    AbsolutePriceOscillator,
    AroonOscillator,
    AwesomeOscillator,
    BalanceOfPower,
    ChandeMomentumOscillator,
    CommodityChannelIndex,
    PercentagePriceOscillator,
    UltimateOscillator,
    WilliamsPercentR,
)
from lean_stubs.indicators.python_indicator import PythonIndicator
from lean_stubs.indicators.ranges import AverageTrueRange, Stochastic, TrueRange
from lean_stubs.indicators.regression import LeastSquaresMovingAverage, RegressionChannel
from lean_stubs.indicators.result import IndicatorDataPoints, IndicatorHistory, IndicatorResult, IndicatorStatus
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.several_symbols import (
    AdvanceDeclineIndicator,
    AdvanceDeclineRatio,
    AdvanceDeclineVolumeRatio,
    ArmsIndex,
    Beta,
)
from lean_stubs.indicators.trend import AverageDirectionalIndex, MassIndex, WilderAccumulativeSwingIndex, WilderSwingIndex
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.volume import (
    AccumulationDistribution,
    ChaikinMoneyFlow,
    MoneyFlowIndex,
    OnBalanceVolume,
)
from lean_stubs.indicators.windows import Delay, Identity, Maximum, Minimum, Sum

__all__ = [
    "AbsolutePriceOscillator",
    "AccumulationDistribution",
    "AdvanceDeclineIndicator",
    "AdvanceDeclineRatio",
    "AdvanceDeclineVolumeRatio",
    "ArmsIndex",
    "AroonOscillator",
    "AutoRegressiveIntegratedMovingAverage",
    "AverageDirectionalIndex",
    "AverageTrueRange",
    "AwesomeOscillator",
    "BalanceOfPower",
    "Beta",
    "BollingerBands",
    "ChaikinMoneyFlow",
    "ChandeMomentumOscillator",
    "CommodityChannelIndex",
    "CompositeIndicator",
    "ConstantIndicator",
    "Delay",
    "DonchianChannel",
    "DoubleExponentialMovingAverage",
    "ExponentialMovingAverage",
    "Field",
    "HullMovingAverage",
    "Identity",
    "Indicator",
    "IndicatorBase",
    "IndicatorDataPoint",
    "IndicatorDataPoints",
    "IndicatorExtensions",
    "IndicatorHistory",
    "IndicatorResult",
    "IndicatorStatus",
    "IntradayVwap",
    "KaufmanAdaptiveMovingAverage",
    "KaufmanEfficiencyRatio",
    "KeltnerChannels",
    "LeastSquaresMovingAverage",
    "LinearWeightedMovingAverage",
    "LogReturn",
    "MassIndex",
    "Maximum",
    "MeanAbsoluteDeviation",
    "MidPoint",
    "MidPrice",
    "Minimum",
    "Momentum",
    "MomentumPercent",
    "MoneyFlowIndex",
    "MovingAverageConvergenceDivergence",
    "MovingAverageType",
    "NormalizedAverageTrueRange",
    "OnBalanceVolume",
    "PercentagePriceOscillator",
    "PythonIndicator",
    "RateOfChange",
    "RateOfChangePercent",
    "RateOfChangeRatio",
    "RegressionChannel",
    "RelativeStrengthIndex",
    "RollingWindow",
    "SimpleMovingAverage",
    "StandardDeviation",
    "Stochastic",
    "Sum",
    "TimeSeriesIndicator",
    "TradeBarIndicator",
    "TriangularMovingAverage",
    "TripleExponentialMovingAverage",
    "Trix",
    "TrueRange",
    "UltimateOscillator",
    "Variance",
    "VolumeWeightedAveragePriceIndicator",
    "WilderAccumulativeSwingIndex",
    "WilderMovingAverage",
    "WilderSwingIndex",
    "WilliamsPercentR",
    "WindowIndicator",
]
