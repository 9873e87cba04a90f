"""Alpha models."""

from lean_stubs.alphas.composite import CompositeAlphaModel
from lean_stubs.alphas.constant import ConstantAlphaModel
from lean_stubs.alphas.ema_cross import EmaCrossAlphaModel
from lean_stubs.alphas.historical_returns import HistoricalReturnsAlphaModel
from lean_stubs.alphas.macd import MacdAlphaModel
from lean_stubs.alphas.model import AlphaModel, NullAlphaModel
from lean_stubs.alphas.python_wrapper import AlphaModelPythonWrapper
from lean_stubs.alphas.rsi import RsiAlphaModel

__all__ = [
    "AlphaModel",
    "AlphaModelPythonWrapper",
    "CompositeAlphaModel",
    "ConstantAlphaModel",
    "EmaCrossAlphaModel",
    "HistoricalReturnsAlphaModel",
    "MacdAlphaModel",
    "NullAlphaModel",
    "RsiAlphaModel",
]
